// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nats.client.support.JsonValueUtils;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Places in streams that belong to no channel. A reader of a channel without messages gets the
 * newest one as its position: as long as it is in the stream, no message behind it has become too
 * old. All servers see the same newest place, so that a position of one is none of the future for
 * another. Thread-safe; no method blocks.
 */
final class Places {
  private static final long NEW_NANOS = Duration.ofMinutes(1).toNanos();
  private static final String NAME = "place.";

  private final StreamRequests requests;
  private final StreamPublishes publishes;
  private final String token = UUID.randomUUID().toString(); // in no subject of another connection
  private final AtomicLong count = new AtomicLong();

  @GuardedBy("this")
  private final Map<String, Place> made = new HashMap<>();

  private record Place(CompletableFuture<Long> sequence, long madeAt) {
    boolean isNew() {
      return !sequence.isCompletedExceptionally() && System.nanoTime() - madeAt < NEW_NANOS;
    }
  }

  Places(StreamRequests requests, StreamPublishes publishes) {
    this.requests = requests;
    this.publishes = publishes;
  }

  /** Returns the end of the subject of a place. */
  static String name(String first, long second) {
    return NAME + first + "." + second;
  }

  /** Returns the sequence number of the newest place, which is a minute old at most. */
  CompletableFuture<Long> newest(HistoryStream stream) {
    return recent(stream)
        .thenCompose(
            known ->
                requests.ask(
                    "STREAM.MSG.GET." + stream.name(),
                    Map.of("last_by_subj", stream.subject(NAME + "*.*"))))
        .thenApply(
            answer ->
                JsonValueUtils.readLong(JsonValueUtils.readObject(answer, "message"), "seq", 0));
  }

  private synchronized CompletableFuture<Long> recent(HistoryStream stream) {
    Place known = made.get(stream.name());
    if (known == null || !known.isNew()) {
      String subject = stream.subject(name(token, count.incrementAndGet()));
      known =
          new Place(publishes.publish(subject, stream.headers(), new byte[0]), System.nanoTime());
      made.put(stream.name(), known);
    }
    return known.sequence();
  }
}
