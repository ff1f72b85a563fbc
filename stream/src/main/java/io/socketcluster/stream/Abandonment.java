// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/**
 * Makes a cursor leave its stream when the consumer that users hold is garbage. One daemon thread
 * serves all streams; leaving calls no code of the user, as nobody waits in an abandoned consumer.
 *
 * <p>The cursor holds this reference and the stream holds the cursor, so it lasts exactly as long
 * as it matters. The JDK's Cleaner would keep it in one list behind one lock for all streams.
 */
final class Abandonment extends PhantomReference<BlockingConsumer<?>> {
  private static final ReferenceQueue<BlockingConsumer<?>> QUEUE = new ReferenceQueue<>();

  static {
    Thread.ofPlatform().daemon().name("stream-reaper").start(Abandonment::reap);
  }

  private final Cursor<?> cursor;

  Abandonment(BlockingConsumer<?> consumer, Cursor<?> cursor) {
    super(consumer, QUEUE);
    this.cursor = cursor;
  }

  private static void reap() {
    while (true) {
      try {
        Reference<?> reference = QUEUE.remove();
        if (reference instanceof Abandonment abandonment) {
          abandonment.cursor.leave();
        }
      } catch (Throwable e) {
        StreamHome.uncaught(e);
      }
    }
  }
}
