// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.deltas;

import io.socketcluster.core.failures.FailureLog;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory that the values of all channels of a policy take, and its bound. Thread-safe. */
public final class DeltaMemory {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.LOGGER);

  /** No channel takes more than its part, so that so many have room. */
  private static final int CHANNELS_AT_LEAST = 4;

  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final AtomicBoolean isToldOf = new AtomicBoolean();

  public DeltaMemory(long limit) {
    this.limit = limit;
  }

  /** Returns how much a single channel may take. */
  long share() {
    return limit / CHANNELS_AT_LEAST;
  }

  /** Returns whether there is room for so much more once a channel has given back what it holds. */
  boolean hasRoom(long more, long held) {
    return more <= share() && used.get() - held + more <= limit;
  }

  /** Tells the operator that a value is sent whole for want of memory, once. */
  void tellOfFullness(String channel) {
    if (isToldOf.compareAndSet(false, true)) {
      LOG.warn("totalDeltaBytes is {}: values of {} and others are sent whole", limit, channel);
    }
  }

  /** Returns whether there is room for so much more, which is in use then. */
  boolean reserve(long more) {
    if (used.addAndGet(more) <= limit || more <= 0) {
      return true;
    }
    used.addAndGet(-more);
    return false;
  }

  /** Gives back what was in use. */
  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Returns how much is in use. */
  public long used() {
    return used.get();
  }
}
