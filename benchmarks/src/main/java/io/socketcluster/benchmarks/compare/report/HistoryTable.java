// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.plan.HistorySection;
import io.socketcluster.benchmarks.compare.plan.Section;
import io.socketcluster.benchmarks.history.HistoryLoad.Kind;
import java.util.OptionalDouble;

/** The figures of a history beside their limits, and what it adds to the fan-out. */
record HistoryTable(Section section, Readings readings) {
  private static final double MOST_OF_FAN_OUT = 1.15;

  String text() {
    StringBuilder text = new StringBuilder(new LimitsTable(section, readings).text());
    for (Kind kind : new Kind[] {Kind.KEPT, Kind.POSITIONS}) {
      String name = HistorySection.nameOf(kind);
      OptionalDouble ratio =
          readings.ratio(HistorySection.FAN_OUT, name, section.baseline(), Figure.CPU);
      text.append("\nCPU of the fan-out: ").append(name).append(' ');
      text.append(PeersTable.judged(ratio, MOST_OF_FAN_OUT)).append(" of ");
      text.append(section.baseline()).append('\n');
    }
    return text.toString();
  }
}
