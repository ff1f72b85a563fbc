// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** All readings of a run, and what they come to. Not thread-safe. */
public final class Readings {
  private final List<Reading> readings = new ArrayList<>();

  public void add(Reading reading) {
    readings.add(reading);
  }

  public List<Reading> all() {
    return Collections.unmodifiableList(readings);
  }

  /** Returns the median of the rounds; empty when it was never measured. */
  public OptionalDouble median(String experiment, String contender, Figure figure) {
    return median(byRound(experiment, contender, figure).values().stream().toList());
  }

  /**
   * Returns the median of the ratios of the rounds. Both were measured one after the other in each,
   * so a machine that changes from round to round changes it little.
   */
  public OptionalDouble ratio(String experiment, String contender, String baseline, Figure figure) {
    Map<Integer, Double> above = byRound(experiment, contender, figure);
    Map<Integer, Double> below = byRound(experiment, baseline, figure);
    List<Double> ratios = new ArrayList<>();
    above.forEach(
        (round, value) -> {
          Double divisor = below.get(round);
          if (divisor != null && divisor != 0) {
            ratios.add(value / divisor);
          }
        });
    return median(ratios);
  }

  private Map<Integer, Double> byRound(String experiment, String contender, Figure figure) {
    Map<Integer, Double> values = new TreeMap<>();
    for (Reading reading : readings) {
      Double value = reading.figures().get(figure.key());
      if (value != null
          && reading.experiment().equals(experiment)
          && reading.contender().equals(contender)) {
        values.put(reading.round(), value);
      }
    }
    return values;
  }

  /** Returns the value in the middle, or the mean of the two there; empty for no values. */
  public static OptionalDouble median(List<Double> values) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    boolean odd = sorted.size() % 2 == 1;
    return OptionalDouble.of(
        odd ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }
}
