// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.time.Duration;

/**
 * A rate: a bucket of {@code burst} tokens, which is refilled evenly with {@code count} tokens per
 * {@code period}. Each event takes one token. Immutable; the option that receives the rate
 * validates it.
 *
 * @param count 1 or more
 * @param period 1 ms to 24 days
 * @param burst the number of events allowed at once after a quiet time, 1 or more
 */
public record RateLimit(int count, Duration period, int burst) {
  /** Returns a rate that allows the events of one period at once. */
  public static RateLimit of(int count, Duration period) {
    return new RateLimit(count, period, count);
  }

  /** Returns this rate with another burst, at least 1. */
  public RateLimit withBurst(int newBurst) {
    return new RateLimit(count, period, newBurst);
  }
}
