// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Row;
import io.socketcluster.benchmarks.compare.plan.Section;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A table with a line for each goal: the first contender's figure, the last one's, and their ratio
 * beside the target. Of a contender alone, the figure stands beside the target.
 */
record GoalsTable(Section section, Readings readings) {
  private static final String NOTHING = "-";

  String text() {
    MarkdownTable table =
        new MarkdownTable(
            List.of("workload", "figure", "server", "value", "compared with", "value", "target"));
    for (Experiment experiment : section.experiments()) {
      experiment.rows().forEach(row -> table.add(cells(experiment, row)));
    }
    return table.toString();
  }

  private List<String> cells(Experiment experiment, Row row) {
    Contender first = experiment.contenders().getFirst();
    boolean isAlone = experiment.contenders().size() == 1;
    Contender last = experiment.contenders().getLast();
    return List.of(
        row.label(),
        row.figure().title(),
        first.id(),
        shown(experiment, row.figure(), first),
        isAlone ? NOTHING : last.id(),
        isAlone ? NOTHING : shown(experiment, row.figure(), last),
        PeersTable.judged(achieved(readings, experiment, row), row.target().figure()));
  }

  /** Returns what is compared with the target of a row. */
  static OptionalDouble achieved(Readings readings, Experiment experiment, Row row) {
    String id = experiment.id();
    String first = experiment.contenders().getFirst().id();
    return experiment.contenders().size() == 1
        ? readings.median(id, first, row.figure())
        : readings.ratio(id, first, experiment.contenders().getLast().id(), row.figure());
  }

  private String shown(Experiment experiment, Figure figure, Contender contender) {
    OptionalDouble value = readings.median(experiment.id(), contender.id(), figure);
    return value.isEmpty() ? NOTHING : figure.text(value.getAsDouble());
  }
}
