// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import io.socketcluster.benchmarks.compare.figures.Reading;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.MeasurementException;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Row;
import io.socketcluster.benchmarks.compare.plan.Section;
import java.util.List;
import java.util.Map;

/** Gives every contender its turn in every experiment, round after round. */
record Rounds(Lab lab, List<Section> sections) {
  /** Runs them all; what could not be measured is said, and missing in the result. */
  Readings run() {
    Readings readings = new Readings();
    for (int round = 1; round <= lab.effort().rounds(); round++) {
      for (Section section : sections) {
        for (Experiment experiment : section.experiments()) {
          runOnAll(experiment, round, readings);
        }
      }
    }
    return readings;
  }

  private void runOnAll(Experiment experiment, int round, Readings readings) {
    for (Contender contender : experiment.contenders()) {
      String turn = "round " + round + ", " + experiment.id() + ", " + contender.id();
      System.err.print(turn + ": ");
      try {
        Map<String, Double> figures = experiment.probe().measure(contender, lab);
        readings.add(new Reading(experiment.id(), contender.id(), round, figures));
        System.err.println(summary(experiment, figures));
      } catch (MeasurementException e) {
        System.err.println("FAILED: " + e.getMessage());
      }
    }
  }

  private static String summary(Experiment experiment, Map<String, Double> figures) {
    StringBuilder text = new StringBuilder();
    for (Row row : experiment.rows()) {
      Double value = figures.get(row.figure().key());
      if (value != null) {
        text.append(row.figure().title()).append(' ').append(row.figure().text(value)).append("  ");
      }
    }
    return text.toString().strip();
  }
}
