// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A table with a line for each contender, its figures, and their ratios to the baseline's. */
public record VariantsTable(Section section, Readings readings) {
  private static final String NOTHING = "-";

  public String text() {
    MarkdownTable table = new MarkdownTable(titles());
    for (Experiment experiment : section.experiments()) {
      for (Contender contender : experiment.contenders()) {
        table.add(cells(experiment, contender.id()));
      }
    }
    return table.toString();
  }

  private List<String> titles() {
    List<String> titles = new ArrayList<>(List.of("workload", "server"));
    for (Figure figure : section.figures()) {
      titles.add(figure.title());
      titles.add("ratio");
    }
    return titles;
  }

  private List<String> cells(Experiment experiment, String contender) {
    List<String> cells = new ArrayList<>(List.of(experiment.label(), contender));
    for (Figure figure : section.figures()) {
      OptionalDouble value = readings.median(experiment.id(), contender, figure);
      cells.add(value.isEmpty() ? NOTHING : figure.text(value.getAsDouble()));
      cells.add(
          PeersTable.shown(readings.ratio(experiment.id(), contender, section.baseline(), figure)));
    }
    return cells;
  }
}
