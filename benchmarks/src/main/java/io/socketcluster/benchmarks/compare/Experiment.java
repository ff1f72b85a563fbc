// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import java.util.List;

/**
 * Something that is measured on several contenders, one after the other.
 *
 * @param id its name in results and on the command line
 * @param rows what tables show of it
 */
record Experiment(String id, List<Contender> contenders, Probe probe, List<Row> rows) {
  Experiment {
    contenders = List.copyOf(contenders);
    rows = List.copyOf(rows);
  }

  /** One that is shown as one row. */
  Experiment(String id, String label, List<Contender> contenders, Probe probe, Target target) {
    this(id, contenders, probe, List.of(new Row(label, Figure.CPU, target)));
  }

  Experiment with(List<Contender> others) {
    return new Experiment(id, others, probe, rows);
  }

  String label() {
    return rows.getFirst().label();
  }
}
