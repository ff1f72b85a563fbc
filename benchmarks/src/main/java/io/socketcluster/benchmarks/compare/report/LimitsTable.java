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

/** A table with a line for each contender, and which of its figures are beyond their limits. */
public record LimitsTable(Section section, Readings readings) {
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
    section.figures().forEach(figure -> titles.add(figure.title()));
    return titles;
  }

  private List<String> cells(Experiment experiment, String contender) {
    List<String> cells = new ArrayList<>(List.of(experiment.label(), contender));
    for (Figure figure : section.figures()) {
      cells.add(cell(figure, readings.median(experiment.id(), contender, figure)));
    }
    return cells;
  }

  private String cell(Figure figure, OptionalDouble value) {
    if (value.isEmpty()) {
      return NOTHING;
    }
    String text = figure.text(value.getAsDouble());
    Double limit = section.limits().get(figure);
    if (limit == null) {
      return text;
    }
    String relation = value.getAsDouble() <= limit ? " <= " : " MISSES ";
    return text + relation + figure.text(limit);
  }
}
