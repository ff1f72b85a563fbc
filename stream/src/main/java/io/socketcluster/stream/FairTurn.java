// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets other virtual threads run while this one takes item after item without waiting.
 *
 * <p>The JDK's scheduler puts a virtual thread that yields back on the queue of its own carrier,
 * and a carrier looks at the tasks that came from elsewhere only when that queue is empty. As many
 * threads as there are carriers, each with an endless backlog, would keep all others from starting
 * for ever (seen on JDK 25). A thread that parks leaves the carrier's queue, and comes back behind
 * those who wait.
 */
final class FairTurn {
  /** Virtual threads are not interrupted: others, with less to do, would wait for the last item. */
  static final int ITEMS = 64;

  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private FairTurn() {}

  /**
   * Called after each {@link #ITEMS} items.
   *
   * @param begun when the turn began, as this method returned it; 0 before the first call
   * @return when the turn began that goes on now
   */
  @SuppressWarnings("ThreadPriorityCheck") // a fair share is all that is relied on
  static long yieldAfterItems(long begun) {
    if (!Thread.currentThread().isVirtual()) {
      return begun;
    }
    long now = System.nanoTime();
    if (begun == 0) {
      Thread.yield();
      return now;
    }
    if (now - begun < LONGEST_NANOS) {
      Thread.yield();
      return begun;
    }
    LockSupport.parkNanos(1);
    return System.nanoTime();
  }
}
