// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import java.time.Duration;

/**
 * The delays between attempts to reconnect: {@code initialDelay} plus a random part of {@code
 * randomness}, multiplied by {@code multiplier} for each failed attempt, up to {@code maxDelay}.
 * After the codes 4000, 4001 and 1005 the first attempt follows at once. After 1000 and codes from
 * 4500 on the socket does not reconnect. Immutable.
 *
 * @param initialDelay the smallest delay
 * @param randomness the largest random addition, so that clients do not all reconnect at once
 * @param multiplier 1 or more
 * @param maxDelay the largest delay
 */
public record AutoReconnectOptions(
    Duration initialDelay, Duration randomness, double multiplier, Duration maxDelay) {
  /**
   * SocketCluster's delays: 10 seconds plus up to 10 seconds, multiplied by 1.5, at most a minute.
   */
  public static final AutoReconnectOptions DEFAULT =
      new AutoReconnectOptions(
          Duration.ofSeconds(10), Duration.ofSeconds(10), 1.5, Duration.ofSeconds(60));

  /** Returns these options with another smallest delay. */
  public AutoReconnectOptions withInitialDelay(Duration value) {
    return new AutoReconnectOptions(value, randomness, multiplier, maxDelay);
  }

  /** Returns these options with another random addition. */
  public AutoReconnectOptions withRandomness(Duration value) {
    return new AutoReconnectOptions(initialDelay, value, multiplier, maxDelay);
  }

  /** Returns these options with another multiplier. */
  public AutoReconnectOptions withMultiplier(double value) {
    return new AutoReconnectOptions(initialDelay, randomness, value, maxDelay);
  }

  /** Returns these options with another largest delay. */
  public AutoReconnectOptions withMaxDelay(Duration value) {
    return new AutoReconnectOptions(initialDelay, randomness, multiplier, value);
  }
}
