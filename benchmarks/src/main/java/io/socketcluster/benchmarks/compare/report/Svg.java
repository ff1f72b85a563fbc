// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import java.util.List;
import java.util.Locale;

/** A picture that grows element by element. Not thread-safe. */
public final class Svg {
  /** Told apart by everybody, also by those who see fewer colours. */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#767676");

  private final StringBuilder elements = new StringBuilder();
  private final int width;
  private final int height;

  public Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  public static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  public void text(double x, double y, String anchor, String text) {
    element(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
            x,
            y,
            anchor,
            escaped(text)));
  }

  public void bar(double x, double y, double width, double height, String colour) {
    element(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
            x,
            y,
            width,
            height,
            colour));
  }

  public void line(double x1, double y1, double x2, double y2, String colour) {
    element(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
            x1,
            y1,
            x2,
            y2,
            colour));
  }

  public void dot(double x, double y, String colour) {
    element(
        String.format(
            Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour));
  }

  private void element(String element) {
    elements.append(element).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d"
          font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        %s</svg>
        """,
        width,
        height,
        width,
        height,
        elements);
  }
}
