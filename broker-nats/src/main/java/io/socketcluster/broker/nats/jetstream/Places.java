// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Places in streams that belong to no channel. A reader of a channel without messages gets one as
 * its position: as long as it is in the stream, no message behind it has become too old.
 * Thread-safe; no method blocks.
 */
final class Places {
  private static final long NEW_NANOS = Duration.ofMinutes(1).toNanos();

  private final StreamPublishes publishes;
  private final String token;
  private final AtomicLong count = new AtomicLong();

  @GuardedBy("this")
  private final Map<String, Place> newest = new HashMap<>();

  private record Place(CompletableFuture<Long> sequence, long madeAt) {
    boolean isUsable() {
      return !sequence.isCompletedExceptionally() && System.nanoTime() - madeAt < NEW_NANOS;
    }
  }

  /**
   * @param token is in no subject of another connection
   */
  Places(StreamPublishes publishes, String token) {
    this.publishes = publishes;
    this.token = token;
  }

  /** Returns the sequence number of a place that is a minute old at most. */
  synchronized CompletableFuture<Long> in(HistoryStream stream) {
    Place known = newest.get(stream.name());
    if (known == null || !known.isUsable()) {
      known = new Place(make(stream), System.nanoTime());
      newest.put(stream.name(), known);
    }
    return known.sequence();
  }

  private CompletableFuture<Long> make(HistoryStream stream) {
    String name = "place-" + token + "-" + count.incrementAndGet();
    return publishes.publish(stream.subject(name), stream.headers(), new byte[0]);
  }
}
