// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartsTest {
  /** The elements of a picture that have this colour. */
  private static List<Element> coloured(String svg, String name, String colour) throws Exception {
    NodeList elements =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName(name);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.getAttribute("fill").equals(colour)) {
        found.add(element);
      }
    }
    return found;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void aBarIsAsLongAsItsValue() throws Exception {
    BarChart chart = new BarChart("CPU < 1 & more", List.of("this", "peer"));
    chart.add("echo", List.of(OptionalDouble.of(0.25), OptionalDouble.of(1)));

    String svg = chart.svg();

    double small = number(coloured(svg, "rect", Svg.colour(0)).getLast(), "width");
    double large = number(coloured(svg, "rect", Svg.colour(1)).getLast(), "width");
    assertThat(small / large).isEqualTo(0.25, within(0.01));
  }

  @Test
  void aValueThatIsMissingHasNoBar() throws Exception {
    BarChart chart = new BarChart("CPU", List.of("this", "peer"));
    chart.add("echo", List.of(OptionalDouble.empty(), OptionalDouble.of(1)));

    String svg = chart.svg();

    assertThat(coloured(svg, "rect", Svg.colour(0))).hasSize(1); // in the legend
    assertThat(coloured(svg, "rect", Svg.colour(1))).hasSize(2);
  }

  @Test
  void bothAxesOfALineAreLogarithmic() throws Exception {
    LineChart chart = new LineChart("Rooms", "subscribers", "ms");
    chart.add(
        "this",
        List.of(
            new LineChart.Point(100, 1),
            new LineChart.Point(1000, 10),
            new LineChart.Point(1e4, 100)));

    List<Element> dots = coloured(chart.svg(), "circle", Svg.colour(0));

    assertThat(dots).hasSize(3);
    for (String coordinate : List.of("cx", "cy")) {
      double first = number(dots.get(1), coordinate) - number(dots.get(0), coordinate);
      double second = number(dots.get(2), coordinate) - number(dots.get(1), coordinate);
      assertThat(first).isEqualTo(second, within(0.2)).isNotZero();
    }
    assertThat(number(dots.get(2), "cy")).isLessThan(number(dots.get(0), "cy"));
  }

  @Test
  void aChartOfNothingIsStillAPicture() throws Exception {
    LineChart chart = new LineChart("Rooms", "subscribers", "ms");
    chart.add("this", List.of());

    assertThat(coloured(chart.svg(), "circle", Svg.colour(0))).isEmpty();
  }
}
