// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The other servers that have been heard of lately, bounded in number. Thread-safe. */
final class OtherServers {
  private static final int MOST = 10_000;

  private final ConcurrentHashMap<String, Long> heardAt = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  OtherServers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A server has sent a message; returns whether it was not known before. */
  boolean heard(String server) {
    if (heardAt.size() >= MOST && !heardAt.containsKey(server)) {
      return false;
    }
    return heardAt.put(server, nanoTime.getAsLong()) == null;
  }

  /** Nobody could be heard. */
  void heardAll() {
    heardAt.replaceAll((server, before) -> nanoTime.getAsLong());
  }

  void left(String server) {
    heardAt.remove(server);
  }

  /** Forgets the servers that have been silent for longer. */
  void forgetSilent(long nanos) {
    long now = nanoTime.getAsLong();
    heardAt.values().removeIf(last -> now - last > nanos);
  }

  Set<String> names() {
    return Set.copyOf(heardAt.keySet());
  }
}
