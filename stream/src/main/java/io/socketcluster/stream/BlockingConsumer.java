// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The consumer that users hold. The stream holds its cursor but not this object; when this object
 * is garbage, its {@link Abandonment} makes the cursor leave.
 *
 * <p>{@code busy} is a lock that is tried once: acquired by compare-and-set, released by a release
 * write.
 */
final class BlockingConsumer<T> implements DeadlineConsumer<T> {
  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(BlockingConsumer.class, "busy", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Cursor<T> cursor;

  @SuppressWarnings("unused")
  private boolean busy;

  // Both belong to the thread that is in next().
  private int taken;
  private long turn;

  BlockingConsumer(Cursor<T> cursor) {
    this.cursor = cursor;
    cursor.abandonment = new Abandonment(this, cursor);
  }

  @Override
  public long id() {
    return cursor.id;
  }

  @Override
  public @Nullable Duration timeout() {
    return cursor.timeout;
  }

  @Override
  public StreamItem<T> next(@Nullable Deadline deadline) throws InterruptedException {
    if (!BUSY.compareAndSet(this, false, true)) {
      throw new IllegalStateException(
          "Expected one thread at a time in next() of consumer " + cursor.id);
    }
    try {
      if (++taken % FairTurn.ITEMS == 0) {
        turn = FairTurn.yieldAfterItems(turn);
      }
      return cursor.take(deadline);
    } finally {
      BUSY.setRelease(this, false);
      // While a thread waits here this object is in use, even if the thread has no other use of it.
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void close() {
    cursor.leave();
  }

  @Override
  public int getBackpressure() {
    return cursor.backpressure();
  }

  @Override
  public ConsumerStats getStats() {
    return cursor.stats();
  }
}
