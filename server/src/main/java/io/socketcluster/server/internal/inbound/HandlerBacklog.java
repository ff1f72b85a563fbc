// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.netty.channel.EventLoop;
import io.socketcluster.server.internal.loop.LoopTasks;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Holds a socket's packets back because its handlers have fallen behind, until they have handled
 * most of what is kept for them. There is one only while that is so. Event loop only.
 */
public final class HandlerBacklog {
  private static final int FIRST_LOOK_MILLIS = 5;
  private static final int LAST_LOOK_MILLIS = 80;

  private final EventLoop loop;
  private final LongSupplier heldBytes;
  private final InboundOrder order;
  private final Runnable released;
  private long releasedAt;
  private int delay = FIRST_LOOK_MILLIS;

  /**
   * @param heldBytes measures what is kept for the handlers, 0 when nothing waits for them
   * @param released is told that it holds nothing back any more
   */
  public HandlerBacklog(
      EventLoop loop, LongSupplier heldBytes, InboundOrder order, Runnable released) {
    this.loop = loop;
    this.heldBytes = heldBytes;
    this.order = order;
    this.released = released;
  }

  /**
   * Begins to hold the packets.
   *
   * @param byteLimit when so little is kept for the handlers, or nothing waits for them, that is
   *     over
   */
  public void hold(long byteLimit) {
    LoopTasks.check(loop);
    releasedAt = byteLimit;
    order.hold();
    lookAgain();
  }

  private void lookAgain() {
    if (loop.isShuttingDown() || order.isStopped()) {
      return;
    }
    loop.schedule(this::releaseIfHandled, delay, TimeUnit.MILLISECONDS);
    delay = Math.min(2 * delay, LAST_LOOK_MILLIS); // each look costs time, too
  }

  private void releaseIfHandled() {
    if (heldBytes.getAsLong() > releasedAt) {
      lookAgain();
      return;
    }
    released.run();
    order.release();
  }
}
