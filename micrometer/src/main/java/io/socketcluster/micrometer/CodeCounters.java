// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts closed connections by their code: clients choose it, so only known codes are tags. */
final class CodeCounters {
  /** Those of RFC 6455 and of SocketCluster. */
  private static final int[] KNOWN =
      IntStream.concat(IntStream.rangeClosed(1000, 1015), IntStream.rangeClosed(4000, 4010))
          .toArray();

  private final Map<Integer, Counter> known = new HashMap<>(); // not changed any more
  private final Counter others;

  CodeCounters(MeterRegistry registry) {
    for (int code : KNOWN) {
      known.put(code, counter(registry, String.valueOf(code)));
    }
    others = counter(registry, "other");
  }

  private static Counter counter(MeterRegistry registry, String code) {
    return Counter.builder("socketcluster.connections.closed")
        .description("Closed connections, before and after the handshake")
        .tag("code", code)
        .register(registry);
  }

  void increment(int code) {
    known.getOrDefault(code, others).increment();
  }
}
