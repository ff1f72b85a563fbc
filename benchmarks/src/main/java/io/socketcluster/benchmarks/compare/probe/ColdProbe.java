// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.MeasurementException;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The p99 of a load in the first seconds after the start of a server, beside the p99 of the same
 * load on the same server when it is warm.
 */
public record ColdProbe(String load) implements Probe {
  private static final int FIRST_SECONDS = 10;

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    try (ServerProcess server = lab.start(contender)) {
      double first = p99(lab.load(server, arguments(0, FIRST_SECONDS)));
      int warmUp = lab.effort().warmUpSeconds();
      double warm = p99(lab.load(server, arguments(warmUp, lab.effort().seconds())));
      return Map.of(
          Figure.P99.key(),
          first,
          Figure.WARM_P99.key(),
          warm,
          Figure.COLD_P99_RATIO.key(),
          first / warm);
    }
  }

  private List<String> arguments(int warmUp, int seconds) {
    List<String> arguments = new ArrayList<>(List.of(load.split(" ")));
    arguments.addAll(List.of("--warmup", Integer.toString(warmUp)));
    arguments.addAll(List.of("--seconds", Integer.toString(seconds)));
    return arguments;
  }

  private static double p99(Map<String, Double> figures) {
    Double p99 = figures.get(Figure.P99.key());
    if (p99 == null) {
      throw new MeasurementException("the load generator did not say " + Figure.P99.key());
    }
    return p99;
  }
}
