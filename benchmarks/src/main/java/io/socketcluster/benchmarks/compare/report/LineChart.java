// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Lines over two logarithmic axes. Values of zero or less cannot be shown. Not thread-safe. */
public final class LineChart {
  private static final int LEFT = 80;
  private static final int TOP = 50;
  private static final int PLOT_WIDTH = 560;
  private static final int PLOT_HEIGHT = 320;
  private static final int MARGIN = 50;
  private static final int LEGEND_WIDTH = 140;
  private static final String GRID = "#cccccc";

  public record Point(double x, double y) {}

  private record Line(String label, List<Point> points) {}

  /** Whole decades, and where a value lies between them, 0 to 1. */
  private record Axis(int from, int to) {
    double share(double value) {
      return (Math.log10(value) - from) / (to - from);
    }
  }

  private final String title;
  private final String across;
  private final String up;
  private final List<Line> lines = new ArrayList<>();

  public LineChart(String title, String across, String up) {
    this.title = title;
    this.across = across;
    this.up = up;
  }

  /** Adds a line; one without a point is in the legend only. */
  public void add(String label, List<Point> points) {
    lines.add(new Line(label, points.stream().filter(p -> p.x > 0 && p.y > 0).toList()));
  }

  public String svg() {
    Svg svg = new Svg(LEFT + PLOT_WIDTH + LEGEND_WIDTH, TOP + PLOT_HEIGHT + MARGIN);
    Axis horizontal = axis(Point::x);
    Axis vertical = axis(Point::y);
    svg.text(LEFT, 20, "start", title);
    svg.text(LEFT, 38, "start", up);
    svg.text(LEFT + PLOT_WIDTH, TOP + PLOT_HEIGHT + 36, "end", across);
    grid(svg, horizontal, vertical);
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, i, horizontal, vertical);
    }
    return svg.toString();
  }

  private Axis axis(ToDoubleFunction<Point> coordinate) {
    double[] logs =
        lines.stream()
            .flatMap(line -> line.points.stream())
            .mapToDouble(point -> Math.log10(coordinate.applyAsDouble(point)))
            .sorted()
            .toArray();
    if (logs.length == 0) {
      return new Axis(0, 1);
    }
    int from = (int) Math.floor(logs[0]);
    return new Axis(from, Math.max(from + 1, (int) Math.ceil(logs[logs.length - 1])));
  }

  private static void grid(Svg svg, Axis horizontal, Axis vertical) {
    for (int decade = horizontal.from; decade <= horizontal.to; decade++) {
      double x = x(horizontal, Math.pow(10, decade));
      svg.line(x, TOP, x, TOP + PLOT_HEIGHT, GRID);
      svg.text(x, TOP + PLOT_HEIGHT + 18, "middle", decadeText(decade));
    }
    for (int decade = vertical.from; decade <= vertical.to; decade++) {
      double y = y(vertical, Math.pow(10, decade));
      svg.line(LEFT, y, LEFT + PLOT_WIDTH, y, GRID);
      svg.text(LEFT - 8, y + 4, "end", decadeText(decade));
    }
  }

  private static String decadeText(int decade) {
    return String.format(Locale.ROOT, "%." + Math.max(0, -decade) + "f", Math.pow(10, decade));
  }

  private void draw(Svg svg, int index, Axis horizontal, Axis vertical) {
    Line line = lines.get(index);
    String colour = Svg.colour(index);
    int legendY = TOP + 16 + index * 18;
    svg.bar(LEFT + PLOT_WIDTH + 12, legendY - 9, 10, 10, colour);
    svg.text(LEFT + PLOT_WIDTH + 28, legendY, "start", line.label);
    for (int i = 0; i < line.points.size(); i++) {
      double x = x(horizontal, line.points.get(i).x);
      double y = y(vertical, line.points.get(i).y);
      svg.dot(x, y, colour);
      if (i > 0) {
        Point before = line.points.get(i - 1);
        svg.line(x(horizontal, before.x), y(vertical, before.y), x, y, colour);
      }
    }
  }

  private static double x(Axis axis, double value) {
    return LEFT + axis.share(value) * PLOT_WIDTH;
  }

  private static double y(Axis axis, double value) {
    return TOP + (1 - axis.share(value)) * PLOT_HEIGHT;
  }
}
