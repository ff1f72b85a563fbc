// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Row;
import io.socketcluster.benchmarks.compare.plan.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The table of this server and its peers: the figure of each (and its p99 in ms), this server's
 * share of the reference's beside the target, and of the others'.
 */
public record PeersTable(Section section, Readings readings) {
  private static final String NOTHING = "-";
  private static final List<String> OTHERS =
      List.of(Contenders.SOCKETIO, Contenders.NETTY_SOCKETIO, Contenders.FLOOR);

  private static final Map<Figure, String> UNITS =
      Map.of(Figure.CPU, " µs", Figure.MEMORY_PER_SOCKET, " KB", Figure.IDLE_CPU, " %");

  public String text() {
    MarkdownTable table = new MarkdownTable(titles());
    for (Experiment experiment : section.experiments()) {
      for (Row row : experiment.rows()) {
        table.add(cells(experiment, row));
      }
    }
    return table.toString();
  }

  private static List<String> titles() {
    List<String> titles = new ArrayList<>(List.of("workload"));
    titles.addAll(Contenders.ALL);
    titles.add("of " + Contenders.SOCKETCLUSTER);
    titles.add("p99 of " + Contenders.SOCKETCLUSTER);
    OTHERS.forEach(other -> titles.add("of " + other));
    return titles;
  }

  private List<String> cells(Experiment experiment, Row row) {
    String id = experiment.id();
    List<String> cells = new ArrayList<>(List.of(row.label()));
    Contenders.ALL.forEach(contender -> cells.add(value(id, row, contender)));
    cells.add(judged(share(id, row.figure(), Contenders.SOCKETCLUSTER), row.target().figure()));
    cells.add(
        row.figure() == Figure.CPU
            ? judged(share(id, Figure.P99, Contenders.SOCKETCLUSTER), row.target().p99())
            : NOTHING);
    OTHERS.forEach(other -> cells.add(shown(share(id, row.figure(), other))));
    return cells;
  }

  private OptionalDouble share(String experiment, Figure figure, String baseline) {
    return readings.ratio(experiment, Contenders.THIS, baseline, figure);
  }

  private String value(String experiment, Row row, String contender) {
    OptionalDouble value = readings.median(experiment, contender, row.figure());
    if (value.isEmpty()) {
      return NOTHING;
    }
    String text = row.figure().text(value.getAsDouble()) + UNITS.getOrDefault(row.figure(), "");
    OptionalDouble p99 = readings.median(experiment, contender, Figure.P99);
    return p99.isEmpty() ? text : text + " (" + Figure.P99.text(p99.getAsDouble()) + ")";
  }

  /** A ratio, and how it compares with what it should be at most. */
  public static String judged(OptionalDouble ratio, double target) {
    if (ratio.isEmpty() || Double.isNaN(target)) {
      return shown(ratio);
    }
    String relation = ratio.getAsDouble() <= target ? " <= " : " MISSES ";
    return shown(ratio) + relation + String.format(Locale.ROOT, "%.2f", target);
  }

  public static String shown(OptionalDouble ratio) {
    return ratio.isEmpty() ? NOTHING : String.format(Locale.ROOT, "%.3f", ratio.getAsDouble());
  }
}
