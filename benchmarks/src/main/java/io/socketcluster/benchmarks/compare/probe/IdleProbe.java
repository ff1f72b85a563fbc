// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.MeasurementException;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.util.List;
import java.util.Map;

/**
 * Sockets that have one subscription each and do nothing: what one more takes in memory, by the
 * slope between few of them and many on fresh servers, and what pinging the many takes of the CPU.
 */
public record IdleProbe(int few, int many) implements Probe {
  /** All measured servers ping every 8 seconds, so each socket is pinged once or twice. */
  private static final int HOLD_SECONDS = 16;

  private static final int SHORT_HOLD_SECONDS = 8;
  private static final int SHORT_EFFORT_SECONDS = 4;

  /** A server gives memory back some seconds later, if it does. */
  private static final int SETTLE_SECONDS = 8;

  /** Until then the idle CPU is that of a compiler, for some servers. */
  private static final int LONG_SETTLE_SECONDS = 20;

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    boolean brief = lab.effort().seconds() <= SHORT_EFFORT_SECONDS;
    Map<String, Double> atFew = hold(contender, lab, few, SETTLE_SECONDS, 0);
    Map<String, Double> atMany =
        hold(
            contender,
            lab,
            many,
            brief ? SETTLE_SECONDS : LONG_SETTLE_SECONDS,
            brief ? SHORT_HOLD_SECONDS : HOLD_SECONDS);
    double more = resident(atMany) - resident(atFew);
    return Map.of(
        Figure.MEMORY_PER_SOCKET.key(),
        more / (many - few),
        Figure.RESIDENT.key(),
        resident(atMany),
        Figure.IDLE_CPU.key(),
        value(atMany, Figure.IDLE_CPU.key()),
        "pings",
        value(atMany, "pings"));
  }

  private static Map<String, Double> hold(
      Contender contender, Lab lab, int sockets, int settle, int seconds) {
    try (ServerProcess server = lab.start(contender)) {
      return lab.load(
          server,
          List.of(
              "connect",
              "--connections",
              Integer.toString(sockets),
              "--subscribe",
              "1",
              "--warmup",
              Integer.toString(settle),
              "--seconds",
              Integer.toString(seconds)));
    }
  }

  private static double resident(Map<String, Double> figures) {
    return value(figures, Figure.RESIDENT.key());
  }

  private static double value(Map<String, Double> figures, String key) {
    Double value = figures.get(key);
    if (value == null) {
      throw new MeasurementException("the load generator did not say " + key);
    }
    return value;
  }
}
