// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets other virtual threads run between the parts of a value that is decoded. For codecs; one for
 * each value, on the thread that decodes it.
 *
 * <p>A virtual thread that yields goes back to the queue of its own carrier, and threads from
 * elsewhere are looked at only when that queue is empty. After two milliseconds it parks instead,
 * and comes back behind those who wait.
 */
public final class DecodingSlices {
  /** The number of values of a slice, which are decoded in some hundred microseconds. */
  private static final int VALUES = 1024;

  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private int values;
  private long begun = System.nanoTime();

  /** Makes the slices of one value. */
  public DecodingSlices() {}

  /** Says that one more value has been decoded. */
  public void decoded() {
    values++;
    if (values == VALUES) {
      values = 0;
      endSlice();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a fair share is all that is relied on
  private void endSlice() {
    if (!Thread.currentThread().isVirtual()) {
      return;
    }
    if (System.nanoTime() - begun < LONGEST_NANOS) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(1);
      begun = System.nanoTime();
    }
  }
}
