// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import java.util.concurrent.TimeUnit;

/**
 * Notices when the clock on the wall is set, or has gone wrong by as much little by little: what
 * expires by it was then planned for another moment. Event loop only.
 */
final class WallClock {
  private final long tolerance;
  private long ahead;

  /**
   * @param tolerance the milliseconds that do not matter
   * @param nanos {@link System#nanoTime}
   * @param millis {@link System#currentTimeMillis}
   */
  WallClock(long tolerance, long nanos, long millis) {
    this.tolerance = tolerance;
    ahead = aheadOf(nanos, millis);
  }

  /** Returns whether it shows something else than it would by itself since this was last true. */
  boolean wasSet(long nanos, long millis) {
    long now = aheadOf(nanos, millis);
    boolean set = Math.abs(now - ahead) > tolerance;
    if (set) {
      ahead = now;
    }
    return set;
  }

  private static long aheadOf(long nanos, long millis) {
    return millis - TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
