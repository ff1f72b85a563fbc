// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import java.util.Map;

/** A way to measure a contender. */
@FunctionalInterface
interface Probe {
  /**
   * Starts the contender, measures it and ends it.
   *
   * @return the figures by name
   * @throws MeasurementException when there is none
   */
  Map<String, Double> measure(Contender contender, Lab lab);
}
