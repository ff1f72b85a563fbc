// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Section;
import io.socketcluster.benchmarks.compare.plan.WorkersSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A table of deliveries and a table of replacements, with what figures should be at most. */
record WorkersTable(Section section, Readings readings) {
  private static final List<Figure> OF_DELIVERIES =
      List.of(Figure.ALL_PROCESSES, Figure.COMPILERS, Figure.THROUGHPUT, Figure.RESIDENT);

  private static final List<Figure> OF_REPLACEMENT =
      List.of(
          Figure.REPLACED_IN,
          Figure.REPLACED_WORST,
          Figure.OTHERS_USUAL,
          Figure.OTHERS_MEANWHILE,
          Figure.OTHERS_RATIO,
          Figure.OTHERS_SPARE);

  private static final Map<Figure, Double> MOST =
      Map.of(Figure.REPLACED_IN, 1_000.0, Figure.OTHERS_RATIO, 2.0);

  String text() {
    StringBuilder text = new StringBuilder();
    for (Experiment experiment : section.experiments()) {
      boolean isDelivery = experiment.id().equals(WorkersSection.DELIVERIES);
      text.append(experiment.label()).append("\n\n");
      text.append(table(experiment, isDelivery ? OF_DELIVERIES : OF_REPLACEMENT)).append('\n');
    }
    return text.toString();
  }

  private MarkdownTable table(Experiment experiment, List<Figure> figures) {
    List<String> titles = new ArrayList<>(List.of("processes"));
    figures.forEach(figure -> titles.add(figure.title()));
    MarkdownTable table = new MarkdownTable(titles);
    for (Contender contender : experiment.contenders()) {
      List<String> cells = new ArrayList<>(List.of(contender.id()));
      figures.forEach(figure -> cells.add(cell(experiment, contender, figure)));
      table.add(cells);
    }
    return table;
  }

  private String cell(Experiment experiment, Contender contender, Figure figure) {
    OptionalDouble value = readings.median(experiment.id(), contender.id(), figure);
    if (value.isEmpty()) {
      return "-";
    }
    String text = figure.text(value.getAsDouble());
    Double most = MOST.get(figure);
    if (most == null) {
      return text;
    }
    return text + (value.getAsDouble() <= most ? " <= " : " MISSES ") + figure.text(most);
  }
}
