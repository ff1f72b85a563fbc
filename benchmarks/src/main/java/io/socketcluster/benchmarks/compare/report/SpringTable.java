// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Section;
import io.socketcluster.benchmarks.compare.plan.SpringSection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A line for each application: its figures, and the most they should be of another's. */
record SpringTable(Section section, Readings readings) {
  private static final String NOTHING = "-";

  private static final List<Goal> GOALS =
      List.of(
          new Goal(Figure.CPU, SpringSection.REACTOR_NETTY, SpringSection.OWN_PORT, 1.1),
          new Goal(Figure.CALL_CPU, SpringSection.REACTOR_NETTY, SpringSection.OWN_PORT, 1.1),
          new Goal(Figure.CALL_CPU, SpringSection.METERS, SpringSection.OWN_PORT, 1.05),
          stomp(Figure.CPU, SpringSection.TOMCAT),
          stomp(Figure.CALL_CPU, SpringSection.TOMCAT),
          stomp(Figure.CPU, SpringSection.JETTY),
          stomp(Figure.CALL_CPU, SpringSection.JETTY));

  /** The most that a figure of an application should be of that of another one. */
  private record Goal(Figure figure, String application, String reference, double most) {}

  private static Goal stomp(Figure figure, String container) {
    return new Goal(figure, container, SpringSection.STOMP + container, 0.5);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Experiment experiment : section.experiments()) {
      text.append(experiment.label()).append("\n\n");
      text.append(figures(experiment)).append('\n').append(goals(experiment));
    }
    return text.toString();
  }

  private MarkdownTable figures(Experiment experiment) {
    List<String> titles = new ArrayList<>(List.of("application"));
    section.figures().forEach(figure -> titles.add(figure.title()));
    MarkdownTable table = new MarkdownTable(titles);
    for (Contender application : experiment.contenders()) {
      List<String> cells = new ArrayList<>(List.of(application.id()));
      for (Figure figure : section.figures()) {
        OptionalDouble value = readings.median(experiment.id(), application.id(), figure);
        cells.add(value.isEmpty() ? NOTHING : figure.text(value.getAsDouble()));
      }
      table.add(cells);
    }
    return table;
  }

  private String goals(Experiment experiment) {
    return GOALS.stream().map(goal -> verdict(experiment, goal)).collect(Collectors.joining());
  }

  private String verdict(Experiment experiment, Goal goal) {
    OptionalDouble ratio =
        readings.ratio(experiment.id(), goal.application, goal.reference, goal.figure);
    return "- %s, %s: %s of %s%n"
        .formatted(
            goal.application,
            goal.figure.title(),
            PeersTable.judged(ratio, goal.most),
            goal.reference);
  }
}
