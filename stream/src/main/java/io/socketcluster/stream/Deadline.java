// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The moment at which a wait is over. Immutable. */
record Deadline(Duration timeout, long nanoTime) {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  /** The deadline for a wait that begins now, or null if it has none. */
  static @Nullable Deadline after(@Nullable Duration timeout) {
    if (timeout == null) {
      return null;
    }
    long nanos = timeout.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : timeout.toNanos();
    return new Deadline(timeout, System.nanoTime() + nanos);
  }

  long remainingNanos() {
    return nanoTime - System.nanoTime();
  }

  /** Returns a timeout that is not negative. */
  static Duration checked(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout: expected 0 or more but was " + timeout);
    }
    return timeout;
  }
}
