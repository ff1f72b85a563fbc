// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;

/**
 * Limits of an engine for many machines. Immutable.
 *
 * @param timeout how long the broker may take to connect, to confirm a publish or a subscription;
 *     at least 100 ms
 * @param outboxLimit how many publishes may wait for the broker; at least 1
 * @param outboxByteLimit about how many bytes of heap the waiting publishes may take; at least 1
 * @param maxReconnectDelay how long the engine waits at most between two attempts to connect; at
 *     least 10 ms. It begins with a tenth of a second and doubles, with a jitter of half
 */
public record ClusterOptions(
    Duration timeout, int outboxLimit, long outboxByteLimit, Duration maxReconnectDelay) {
  /** Four seconds, 65,536 publishes, 64 MiB, and five seconds. */
  public static final ClusterOptions DEFAULT =
      new ClusterOptions(Duration.ofSeconds(4), 65_536, 64L << 20, Duration.ofSeconds(5));

  /**
   * Checks the limits.
   *
   * @throws InvalidOptionsError if one is out of its range
   */
  public ClusterOptions {
    check("timeout", timeout.toMillis(), 100);
    check("outboxLimit", outboxLimit, 1);
    check("outboxByteLimit", outboxByteLimit, 1);
    check("maxReconnectDelay", maxReconnectDelay.toMillis(), 10);
  }

  private static void check(String name, long value, long least) {
    if (value < least) {
      throw new InvalidOptionsError(name + " is " + value + "; allowed: " + least + " or more");
    }
  }

  /** Returns these options with another limit for what the broker is asked. */
  public ClusterOptions withTimeout(Duration limit) {
    return new ClusterOptions(limit, outboxLimit, outboxByteLimit, maxReconnectDelay);
  }

  /** Returns these options with other limits for the publishes that wait for the broker. */
  public ClusterOptions withOutbox(int publishes, long bytes) {
    return new ClusterOptions(timeout, publishes, bytes, maxReconnectDelay);
  }

  /** Returns these options with another longest delay between two attempts to connect. */
  public ClusterOptions withMaxReconnectDelay(Duration delay) {
    return new ClusterOptions(timeout, outboxLimit, outboxByteLimit, delay);
  }
}
