// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.protocol.DecodingTurns;
import io.socketcluster.stream.ConsumerStats;
import io.socketcluster.stream.StreamDemux;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the consumers of closed streams that keep what waits for them waiting, and drops it. A
 * consumer is blocked when its thread waits for something inside an item, or has left the item to
 * somebody else. A consumer that has not begun, that computes, or that decodes a long value, is not
 * blocked: on a busy machine it only waits for a processor. Used by one thread.
 */
final class BlockedConsumers {
  private final StreamDemux<?> streams;
  private final Predicate<String> spared;
  private Set<Long> blocked = Set.of();

  /**
   * @param spared the names of the streams whose consumers lose nothing
   */
  BlockedConsumers(StreamDemux<?> streams, Predicate<String> spared) {
    this.streams = streams;
    this.spared = spared;
  }

  /** Drops the backlog of the consumers that are blocked now and were so at the last look. */
  void look() {
    Set<Long> before = blocked;
    blocked =
        streams.busyConsumers().entrySet().stream()
            .filter(busy -> isBlocked(busy.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    blocked.stream().filter(before::contains).forEach(this::drop);
  }

  /** Drops the backlog of all consumers that have an item in hand. */
  void dropAll() {
    streams.busyConsumers().keySet().forEach(this::drop);
  }

  private void drop(long consumerId) {
    ConsumerStats stats = streams.getConsumerStats(consumerId);
    if (stats != null && !spared.test(String.valueOf(stats.stream()))) {
      streams.killConsumer(consumerId);
    }
  }

  private static boolean isBlocked(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING -> !DecodingTurns.isDecoding(thread);
      case TERMINATED -> true;
      case NEW, RUNNABLE, BLOCKED -> false;
    };
  }
}
