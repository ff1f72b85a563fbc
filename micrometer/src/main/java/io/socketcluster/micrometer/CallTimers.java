// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Times calls by their name and outcome: a hundred names, and {@code other} for all further. */
final class CallTimers {
  private static final int NAMES = 100;
  private static final String OTHER = "other";

  private final MeterRegistry registry;
  private final String meter;
  private final String description;
  private final String tag;
  private final Map<String, Pair> byName = new ConcurrentHashMap<>();
  private final Pair others;

  /** The timers of one name. */
  private record Pair(Timer success, Timer error) {}

  CallTimers(MeterRegistry registry, String meter, String description, String tag) {
    this.registry = registry;
    this.meter = meter;
    this.description = description;
    this.tag = tag;
    this.others = pair(OTHER);
  }

  Timer of(String name, boolean isError) {
    Pair pair = byName.get(name);
    if (pair == null) {
      // Two threads may each add a name at the bound: a few names more do no harm.
      pair = byName.size() < NAMES ? byName.computeIfAbsent(name, this::pair) : others;
    }
    return isError ? pair.error() : pair.success();
  }

  private Pair pair(String name) {
    return new Pair(timer(name, "success"), timer(name, "error"));
  }

  private Timer timer(String name, String outcome) {
    return Timer.builder(meter)
        .description(description)
        .tag(tag, name)
        .tag("outcome", outcome)
        .register(registry);
  }
}
