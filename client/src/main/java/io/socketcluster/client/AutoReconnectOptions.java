// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import java.time.Duration;

/**
 * How long a socket waits before it connects again: {@code initialDelay} and a random part of
 * {@code randomness}, times {@code multiplier} for each attempt that failed, at most {@code
 * maxDelay}. After the codes 4000, 4001 and 1005 the first attempt follows at once; after 1000 and
 * codes from 4500 on there is none. Immutable.
 *
 * @param initialDelay the least delay
 * @param randomness what is added at most, so that not all clients come back at once
 * @param multiplier 1 or more
 * @param maxDelay the greatest delay
 */
public record AutoReconnectOptions(
    Duration initialDelay, Duration randomness, double multiplier, Duration maxDelay) {
  /** 10 seconds, and up to 10 more, times 1.5, at most a minute: what SocketCluster does. */
  public static final AutoReconnectOptions DEFAULT =
      new AutoReconnectOptions(
          Duration.ofSeconds(10), Duration.ofSeconds(10), 1.5, Duration.ofSeconds(60));

  /** Returns these options with another least delay. */
  public AutoReconnectOptions withInitialDelay(Duration value) {
    return new AutoReconnectOptions(value, randomness, multiplier, maxDelay);
  }

  /** Returns these options with another random part. */
  public AutoReconnectOptions withRandomness(Duration value) {
    return new AutoReconnectOptions(initialDelay, value, multiplier, maxDelay);
  }

  /** Returns these options with another multiplier. */
  public AutoReconnectOptions withMultiplier(double value) {
    return new AutoReconnectOptions(initialDelay, randomness, value, maxDelay);
  }

  /** Returns these options with another greatest delay. */
  public AutoReconnectOptions withMaxDelay(Duration value) {
    return new AutoReconnectOptions(initialDelay, randomness, multiplier, value);
  }
}
