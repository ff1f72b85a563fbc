// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Section;
import io.socketcluster.benchmarks.doors.Door;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table with a line for each door: its figures, and what they should be at most. */
record DoorsTable(Section section, Readings readings) {
  private static final String NOTHING = "-";

  private static final List<Goal> GOALS =
      List.of(
          new Goal(Door.XHR_POLLING, Figure.CPU, Door.SOCKETIO_4_POLLING, 0.5),
          new Goal(Door.XHR_POLLING, Figure.MEMORY_PER_SOCKET, null, 8),
          new Goal(Door.WEBSOCKET, Figure.CPU, Door.PROTOCOL_2, 1.2));

  /**
   * The most that a figure of a door should be.
   *
   * @param reference the door whose figure it is a share of, or null
   */
  private record Goal(Door door, Figure figure, @Nullable Door reference, double most) {}

  String text() {
    List<String> titles = new ArrayList<>(List.of("clients"));
    section.figures().forEach(figure -> titles.add(figure.title()));
    titles.add("target");
    MarkdownTable table = new MarkdownTable(titles);
    for (Experiment experiment : section.experiments()) {
      for (Door door : Door.values()) {
        table.add(cells(experiment.id(), door));
      }
    }
    return section.experiments().getFirst().label() + "\n\n" + table;
  }

  private List<String> cells(String experiment, Door door) {
    List<String> cells = new ArrayList<>(List.of(door.id()));
    for (Figure figure : section.figures()) {
      OptionalDouble value = readings.median(experiment, door.id(), figure);
      cells.add(value.isEmpty() ? NOTHING : figure.text(value.getAsDouble()));
    }
    String verdicts =
        GOALS.stream()
            .filter(goal -> goal.door == door)
            .map(goal -> verdict(experiment, goal))
            .collect(Collectors.joining("; "));
    cells.add(verdicts.isEmpty() ? NOTHING : verdicts);
    return cells;
  }

  private String verdict(String experiment, Goal goal) {
    Door reference = goal.reference;
    if (reference != null) {
      OptionalDouble ratio =
          readings.ratio(experiment, goal.door.id(), reference.id(), goal.figure);
      return PeersTable.judged(ratio, goal.most) + " of " + reference.id();
    }
    OptionalDouble value = readings.median(experiment, goal.door.id(), goal.figure);
    String most = String.format(Locale.ROOT, "%.2f ", goal.most) + goal.figure.title();
    if (value.isEmpty()) {
      return NOTHING;
    }
    boolean isMet = value.getAsDouble() <= goal.most;
    return goal.figure.text(value.getAsDouble()) + (isMet ? " <= " : " MISSES ") + most;
  }
}
