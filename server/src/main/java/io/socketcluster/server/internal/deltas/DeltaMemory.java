// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.deltas;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the values of all channels of a policy take, and its bound. Thread-safe. */
public final class DeltaMemory {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  public DeltaMemory(long limit) {
    this.limit = limit;
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
