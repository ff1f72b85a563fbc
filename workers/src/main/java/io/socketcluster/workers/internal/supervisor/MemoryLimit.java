// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The memory above which a worker is replaced. A worker that outgrows it again and again, or whose
 * replacement does not start, is replaced after pauses that grow. Not thread-safe.
 */
final class MemoryLimit {
  private static final Duration LONG_AGO = Duration.ofDays(1);

  private final long bytes;
  private final BackOff backOff;
  private final LongSupplier nanos;
  private @Nullable Long replacedAt;
  private Duration pause = Duration.ZERO;

  /**
   * Creates a limit.
   *
   * @param bytes 0 for no limit
   */
  MemoryLimit(long bytes, RandomGenerator random, LongSupplier nanos) {
    this.bytes = bytes;
    this.backOff = new BackOff(random);
    this.nanos = nanos;
  }

  long bytes() {
    return bytes;
  }

  /** Returns whether a worker with this memory is to be replaced now. */
  boolean isExceeded(long memory) {
    return bytes > 0 && memory > bytes && sinceLastTime().compareTo(pause) >= 0;
  }

  /** Starts the pause before the next replacement, and returns its length. */
  Duration replaced() {
    pause = backOff.next(sinceLastTime());
    replacedAt = nanos.getAsLong();
    return pause;
  }

  private Duration sinceLastTime() {
    Long last = replacedAt;
    return last == null ? LONG_AGO : Duration.ofNanos(nanos.getAsLong() - last);
  }
}
