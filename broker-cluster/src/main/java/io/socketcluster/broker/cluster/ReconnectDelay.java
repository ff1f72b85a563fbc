// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before the next attempt to connect. Used by one thread. */
final class ReconnectDelay {
  private static final long FIRST_MILLIS = 100;
  private static final int DOUBLED_AT_MOST = 16;

  private final long maxMillis;
  private final DoubleSupplier random;
  private int attempts;

  /**
   * @param random numbers from 0 to 1
   */
  ReconnectDelay(Duration max, DoubleSupplier random) {
    this.maxMillis = max.toMillis();
    this.random = random;
  }

  /** A connection was in use: the next failure is the first again. */
  void reset() {
    attempts = 0;
  }

  /** Servers that lost the same broker must not come back at the same moment: half is by chance. */
  Duration next() {
    long whole = Math.min(maxMillis, FIRST_MILLIS << Math.min(attempts, DOUBLED_AT_MOST));
    attempts++;
    return Duration.ofMillis(Math.round(whole * (0.5 + random.getAsDouble() / 2)));
  }
}
