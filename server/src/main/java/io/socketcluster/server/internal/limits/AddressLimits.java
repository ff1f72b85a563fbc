// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.RateLimit;
import org.jspecify.annotations.Nullable;

/** The buckets that all connections of one address share. Thread-safe. */
public final class AddressLimits {
  private final @Nullable TokenBucket handshakes;
  private final @Nullable TokenBucket messages;
  private final @Nullable TokenBucket subscribes;
  int connections; // guarded by the table

  AddressLimits(AGServerOptions options, long now) {
    handshakes = bucket(options.addressHandshakeRate(), now);
    messages = bucket(options.addressMessageRate(), now);
    subscribes = bucket(options.addressSubscribeRate(), now);
  }

  /** Returns a full bucket, or null without a limit. */
  public static @Nullable TokenBucket bucket(@Nullable RateLimit limit, long now) {
    return limit == null ? null : new TokenBucket(limit, now);
  }

  /** Returns the bucket of messages, or null without a limit. */
  public @Nullable TokenBucket messages() {
    return messages;
  }

  /** Returns the bucket of subscriptions, or null without a limit. */
  public @Nullable TokenBucket subscribes() {
    return subscribes;
  }

  boolean mayShakeHands(long now) {
    return handshakes == null || handshakes.tryTake(now);
  }

  /** Returns whether forgetting these buckets changes nothing. */
  boolean areFull(long now) {
    return isFull(handshakes, now) && isFull(messages, now) && isFull(subscribes, now);
  }

  private static boolean isFull(@Nullable TokenBucket bucket, long now) {
    return bucket == null || bucket.isFull(now);
  }
}
