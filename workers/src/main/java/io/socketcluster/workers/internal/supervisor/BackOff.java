// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The wait before a process that has ended is started again: none for the first time, then longer
 * and longer, until a process has lived for a while. Not thread-safe.
 */
final class BackOff {
  private static final long FIRST_MILLIS = 250;
  private static final long LONGEST_MILLIS = 30_000;
  private static final Duration SETTLED = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 16;

  private final RandomGenerator random;
  private int ends;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Returns the wait after an end.
   *
   * @param lived the time for which the process was ready
   */
  Duration next(Duration lived) {
    ends = lived.compareTo(SETTLED) >= 0 ? 1 : ends + 1;
    if (ends == 1) {
      return Duration.ZERO;
    }
    long millis = FIRST_MILLIS << Math.min(ends - 2, MOST_DOUBLINGS);
    long bounded = Math.min(LONGEST_MILLIS, millis);
    return Duration.ofMillis(bounded - random.nextLong(bounded / 5 + 1)); // not all at once
  }
}
