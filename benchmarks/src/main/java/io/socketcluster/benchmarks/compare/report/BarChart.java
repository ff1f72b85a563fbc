// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Groups of bars that lie below each other, with a line at 1. Not thread-safe. */
public final class BarChart {
  private static final int LEFT = 330;
  private static final int TOP = 60;
  private static final int PLOT_WIDTH = 520;
  private static final int RIGHT = 60;
  private static final int BAR = 11;
  private static final int GAP = 12;

  private record Group(String label, List<OptionalDouble> values) {}

  private final String title;
  private final List<String> series;
  private final List<Group> groups = new ArrayList<>();

  public BarChart(String title, List<String> series) {
    this.title = title;
    this.series = List.copyOf(series);
  }

  /** Adds a group with a value for each series; one that is missing has no bar. */
  public void add(String label, List<OptionalDouble> values) {
    if (values.size() != series.size()) {
      throw new IllegalArgumentException(values + " does not fit " + series);
    }
    groups.add(new Group(label, List.copyOf(values)));
  }

  public String svg() {
    int groupHeight = series.size() * BAR + GAP;
    int bottom = TOP + groups.size() * groupHeight;
    Svg svg = new Svg(LEFT + PLOT_WIDTH + RIGHT, bottom + GAP);
    svg.text(GAP, 20, "start", title);
    legend(svg);
    double scale = PLOT_WIDTH / largest();
    for (int i = 0; i < groups.size(); i++) {
      draw(svg, groups.get(i), TOP + i * groupHeight, scale);
    }
    svg.line(LEFT + scale, TOP - GAP, LEFT + scale, bottom, "#000000");
    return svg.toString();
  }

  private double largest() {
    return groups.stream()
        .flatMap(group -> group.values.stream())
        .mapToDouble(value -> value.orElse(0))
        .reduce(1, Math::max);
  }

  private void legend(Svg svg) {
    int step = (LEFT + PLOT_WIDTH) / series.size();
    for (int i = 0; i < series.size(); i++) {
      svg.bar(GAP + i * step, 30, BAR, BAR, Svg.colour(i));
      svg.text(GAP + i * step + BAR + 4, 40, "start", series.get(i));
    }
  }

  private void draw(Svg svg, Group group, int top, double scale) {
    svg.text(LEFT - GAP, top + series.size() * BAR / 2.0 + 4, "end", group.label);
    for (int i = 0; i < series.size(); i++) {
      if (group.values.get(i).isPresent()) {
        double value = group.values.get(i).getAsDouble();
        int y = top + i * BAR;
        svg.bar(LEFT, y, value * scale, BAR - 1, Svg.colour(i));
        String text = String.format(Locale.ROOT, "%.2f", value);
        svg.text(LEFT + value * scale + 4, y + BAR - 1, "start", text);
      }
    }
  }
}
