// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.figures;

import java.util.Map;

/**
 * The figures of one contender in one experiment of one round.
 *
 * @param figures by name; a figure that was not measured is missing
 */
public record Reading(String experiment, String contender, int round, Map<String, Double> figures) {
  public Reading {
    figures = Map.copyOf(figures);
  }
}
