// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import java.util.List;
import java.util.Map;

/**
 * Experiments that share a table.
 *
 * @param id its name on the command line
 * @param baseline the contender that the others are compared with
 * @param figures what the table shows of each contender
 * @param limits at most what some of the figures should be; where there are any, the table shows no
 *     ratios
 */
public record Section(
    String id,
    String title,
    String baseline,
    List<Figure> figures,
    Map<Figure, Double> limits,
    List<Experiment> experiments) {
  public Section {
    figures = List.copyOf(figures);
    limits = Map.copyOf(limits);
    experiments = List.copyOf(experiments);
  }

  /** Without limits. */
  public Section(
      String id,
      String title,
      String baseline,
      List<Figure> figures,
      List<Experiment> experiments) {
    this(id, title, baseline, figures, Map.of(), experiments);
  }

  public Section with(List<Experiment> others) {
    return new Section(id, title, baseline, figures, limits, others);
  }
}
