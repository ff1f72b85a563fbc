// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.plan.ClusterSection;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A table of clusters and a table of channels, with what their figures should be at most. */
record ClusterTable(Section section, Readings readings) {
  private static final String NOTHING = "-";
  private static final String EMBEDDED = "embedded-1";
  private static final String SCC = "scc-2";

  private static final List<Goal> GOALS =
      List.of(
          new Goal("nats-", Load::publishing, "publishing", EMBEDDED, 1.5),
          new Goal("nats-", Load::receiving, "receiving", EMBEDDED, 1.3),
          new Goal("redis-", Load::publishing, "publishing", EMBEDDED, 1.6),
          new Goal("redis-", Load::receiving, "receiving", EMBEDDED, 1.4),
          new Goal("nats-2", Load::all, "all", SCC, 0.25),
          new Goal("redis-2", Load::all, "all", SCC, 0.25));

  private static final Map<Figure, Double> MOST_OF_CHANNELS =
      Map.of(Figure.SUBSCRIBED_IN, 10_000.0, Figure.BYTES_PER_CHANNEL, 1_024.0);

  /**
   * The most that a figure of clusters should be.
   *
   * @param cluster what their names begin with
   * @param title what the figure is called
   * @param reference the cluster whose figure it is a share of
   */
  private record Goal(
      String cluster, Function<Load, Figure> figure, String title, String reference, double most) {}

  String text() {
    StringBuilder text = new StringBuilder();
    for (Experiment experiment : section.experiments()) {
      if (experiment.id().startsWith(ClusterSection.CHANNELS)) {
        text.append(experiment.label()).append("\n\n").append(channels(experiment)).append('\n');
      } else {
        for (Load load : Load.values()) {
          text.append(experiment.label()).append(load.title()).append("\n\n");
          text.append(clusters(experiment, load)).append('\n');
        }
      }
    }
    return text.toString();
  }

  private MarkdownTable clusters(Experiment experiment, Load load) {
    List<String> titles = new ArrayList<>(List.of("servers"));
    load.figures().forEach(figure -> titles.add(figure.title()));
    titles.add("target");
    MarkdownTable table = new MarkdownTable(titles);
    for (Contender cluster : experiment.contenders()) {
      List<String> cells = new ArrayList<>(List.of(cluster.id()));
      load.figures().forEach(figure -> cells.add(value(experiment, cluster, figure)));
      cells.add(verdicts(experiment, load, cluster));
      table.add(cells);
    }
    return table;
  }

  private String verdicts(Experiment experiment, Load load, Contender cluster) {
    String verdicts =
        GOALS.stream()
            .filter(goal -> cluster.id().startsWith(goal.cluster))
            .map(goal -> verdict(experiment, load, cluster, goal))
            .collect(Collectors.joining("; "));
    return verdicts.isEmpty() ? NOTHING : verdicts;
  }

  private String verdict(Experiment experiment, Load load, Contender cluster, Goal goal) {
    Figure figure = goal.figure.apply(load);
    OptionalDouble ratio = readings.ratio(experiment.id(), cluster.id(), goal.reference, figure);
    return goal.title + " " + PeersTable.judged(ratio, goal.most) + " of " + goal.reference;
  }

  private MarkdownTable channels(Experiment experiment) {
    MarkdownTable table =
        new MarkdownTable(
            List.of("broker", Figure.SUBSCRIBED_IN.title(), Figure.BYTES_PER_CHANNEL.title()));
    for (Contender broker : experiment.contenders()) {
      table.add(
          List.of(
              broker.id(),
              judged(experiment, broker, Figure.SUBSCRIBED_IN),
              judged(experiment, broker, Figure.BYTES_PER_CHANNEL)));
    }
    return table;
  }

  private String judged(Experiment experiment, Contender broker, Figure figure) {
    OptionalDouble value = readings.median(experiment.id(), broker.id(), figure);
    if (value.isEmpty()) {
      return NOTHING;
    }
    double most = MOST_OF_CHANNELS.getOrDefault(figure, Double.NaN);
    String relation = value.getAsDouble() <= most ? " <= " : " MISSES ";
    return figure.text(value.getAsDouble()) + relation + figure.text(most);
  }

  private String value(Experiment experiment, Contender contender, Figure figure) {
    OptionalDouble value = readings.median(experiment.id(), contender.id(), figure);
    return value.isEmpty() ? NOTHING : figure.text(value.getAsDouble());
  }

  /** The two loads, and the figures of each. */
  private enum Load {
    UNPACED(
        ", 32 publishers, as fast as they receive",
        Figure.UNPACED_PUBLISHING,
        Figure.UNPACED_RECEIVING,
        Figure.UNPACED_ALL,
        Figure.UNPACED_COMPILERS),
    PACED(
        ", 20 publishes a second",
        Figure.PUBLISHING,
        Figure.RECEIVING,
        Figure.ALL_PROCESSES,
        Figure.COMPILERS);

    private final String title;
    private final Figure publishing;
    private final Figure receiving;
    private final Figure all;
    private final Figure compilers;

    Load(String title, Figure publishing, Figure receiving, Figure all, Figure compilers) {
      this.title = title;
      this.publishing = publishing;
      this.receiving = receiving;
      this.all = all;
      this.compilers = compilers;
    }

    String title() {
      return title;
    }

    Figure publishing() {
      return publishing;
    }

    Figure receiving() {
      return receiving;
    }

    Figure all() {
      return all;
    }

    List<Figure> figures() {
      List<Figure> figures = new ArrayList<>(List.of(publishing, receiving, all, compilers));
      if (this == UNPACED) {
        figures.add(Figure.THROUGHPUT);
      }
      return figures;
    }
  }
}
