// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.MeasurementException;
import java.util.Map;

/** A way to measure a contender. */
@FunctionalInterface
public interface Probe {
  /**
   * Starts the contender, measures it and ends it.
   *
   * @return the figures by name
   * @throws MeasurementException when there is none
   */
  Map<String, Double> measure(Contender contender, Lab lab);
}
