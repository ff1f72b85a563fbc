// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Row;
import io.socketcluster.benchmarks.compare.plan.Section;
import io.socketcluster.benchmarks.compare.plan.Sections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The plots of a run: of the peers, and of how a publish costs more in a larger room. */
public record Plots(List<Section> sections, Readings readings) {
  /** Returns the plots by file name. */
  public Map<String, String> all() {
    Map<String, String> plots = new LinkedHashMap<>();
    for (Section section : sections) {
      if (section.id().equals(Sections.PEERS)) {
        plots.put("peers.svg", peers(section));
      } else if (section.id().equals(Sections.GOALS)) {
        plots.put("goals.svg", goals(section));
      } else if (section.id().equals(Sections.LARGE_ROOMS)) {
        plots.put("large-rooms-cpu.svg", rooms(section, Figure.CPU, "Server CPU for one delivery"));
        plots.put(
            "large-rooms-last.svg",
            rooms(section, Figure.LAST_P99, "Until the last subscriber has it, p99"));
      }
    }
    return plots;
  }

  private String goals(Section section) {
    BarChart chart = new BarChart("Share of the target", List.of(Contenders.THIS));
    for (Experiment experiment : section.experiments()) {
      for (Row row : experiment.rows()) {
        OptionalDouble achieved = GoalsTable.achieved(readings, experiment, row);
        chart.add(
            row.label(),
            List.of(
                achieved.isEmpty()
                    ? achieved
                    : OptionalDouble.of(achieved.getAsDouble() / row.target().figure())));
      }
    }
    return chart.svg();
  }

  private String peers(Section section) {
    BarChart chart = new BarChart("Share of the figure of " + section.baseline(), Contenders.ALL);
    for (Experiment experiment : section.experiments()) {
      for (Row row : experiment.rows()) {
        List<OptionalDouble> shares = new ArrayList<>();
        for (String contender : Contenders.ALL) {
          shares.add(readings.ratio(experiment.id(), contender, section.baseline(), row.figure()));
        }
        chart.add(row.label(), shares);
      }
    }
    return chart.svg();
  }

  private String rooms(Section section, Figure figure, String title) {
    LineChart chart = new LineChart(title, "subscribers", figure.title());
    for (String contender : Contenders.ALL) {
      List<LineChart.Point> points = new ArrayList<>();
      for (Experiment experiment : section.experiments()) {
        double size = Double.parseDouble(experiment.label());
        readings
            .median(experiment.id(), contender, figure)
            .ifPresent(value -> points.add(new LineChart.Point(size, figure.scaled(value))));
      }
      chart.add(contender, points);
    }
    return chart.svg();
  }
}
