// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that waits, for one time. */
final class ThreadWaiter extends Waiter {
  private final Thread thread = Thread.currentThread();

  // Volatile, as a parked thread must see it after it was unparked.
  private volatile boolean woken;

  ThreadWaiter(Cursor<?> cursor) {
    super(cursor);
  }

  @Override
  void wake() {
    woken = true;
    LockSupport.unpark(thread);
  }

  /** Parks until woken (true) or until the time is over (false). */
  boolean park(@Nullable Deadline deadline) throws InterruptedException {
    while (!woken) {
      if (deadline == null) {
        LockSupport.park(cursor);
      } else {
        long nanos = deadline.remainingNanos();
        if (nanos <= 0) {
          return false;
        }
        LockSupport.parkNanos(cursor, nanos);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return true;
  }
}
