// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.time.Duration;

/**
 * How often something may happen: a bucket of {@code burst} tokens, of which each time takes one,
 * and which is refilled evenly with {@code count} tokens in each {@code period}. Immutable; the
 * option that it is given to checks it.
 *
 * @param count 1 or more
 * @param period 1 ms to 24 days
 * @param burst how often at once after a quiet time, 1 or more
 */
public record RateLimit(int count, Duration period, int burst) {
  /** Returns a limit that allows what comes in a period to come at once. */
  public static RateLimit of(int count, Duration period) {
    return new RateLimit(count, period, count);
  }

  /** Returns this with another burst, 1 or more. */
  public RateLimit withBurst(int newBurst) {
    return new RateLimit(count, period, newBurst);
  }
}
