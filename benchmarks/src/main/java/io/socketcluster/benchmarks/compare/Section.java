// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import java.util.List;

/**
 * Experiments that share a table.
 *
 * @param id its name on the command line
 * @param baseline the contender that the others are compared with
 * @param figures what the table shows of each contender
 */
record Section(
    String id, String title, String baseline, List<Figure> figures, List<Experiment> experiments) {
  Section {
    figures = List.copyOf(figures);
    experiments = List.copyOf(experiments);
  }

  Section with(List<Experiment> others) {
    return new Section(id, title, baseline, figures, others);
  }
}
