// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.socketcluster.server.HandshakeRefusal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts refused upgrades by their reason. */
final class RefusalCounters {
  private final Map<HandshakeRefusal, Counter> byReason = new EnumMap<>(HandshakeRefusal.class);

  RefusalCounters(MeterRegistry registry) {
    for (HandshakeRefusal reason : HandshakeRefusal.values()) {
      Counter counter =
          Counter.builder("socketcluster.handshakes.refused")
              .description("Connections that were refused their upgrade")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .register(registry);
      byReason.put(reason, counter);
    }
  }

  void increment(HandshakeRefusal reason) {
    Counter counter = byReason.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }
}
