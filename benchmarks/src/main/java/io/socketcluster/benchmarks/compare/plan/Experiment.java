// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.probe.Probe;
import java.util.List;

/**
 * Something that is measured on several contenders, one after the other.
 *
 * @param id its name in results and on the command line
 * @param rows what tables show of it
 */
public record Experiment(String id, List<Contender> contenders, Probe probe, List<Row> rows) {
  public Experiment {
    contenders = List.copyOf(contenders);
    rows = List.copyOf(rows);
  }

  /** One that is shown as one row. */
  public Experiment(
      String id, String label, List<Contender> contenders, Probe probe, Target target) {
    this(id, contenders, probe, List.of(new Row(label, Figure.CPU, target)));
  }

  public Experiment with(List<Contender> others) {
    return new Experiment(id, others, probe, rows);
  }

  public String label() {
    return rows.getFirst().label();
  }
}
