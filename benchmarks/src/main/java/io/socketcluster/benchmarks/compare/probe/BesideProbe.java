// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import java.util.HashMap;
import java.util.Map;

/**
 * A load twice, on a fresh server each time: without somebody who disturbs, and beside him.
 *
 * @param without the load alone; its figures are named {@code without_...}
 * @param beside the load with him
 */
public record BesideProbe(Probe without, Probe beside) implements Probe {
  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    Map<String, Double> alone = without.measure(contender, lab);
    Map<String, Double> figures = new HashMap<>(beside.measure(contender, lab));
    Double p99 = figures.get(Figure.P99.key());
    Double p99Alone = alone.get(Figure.P99.key());
    if (p99 != null && p99Alone != null && p99Alone > 0) {
      figures.put(Figure.P99_RATIO.key(), p99 / p99Alone);
    }
    alone.forEach((name, value) -> figures.put("without_" + name, value));
    return figures;
  }
}
