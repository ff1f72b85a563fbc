// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Holds a socket's packets back when its handlers fall behind, so that a client cannot fill the
 * memory with what nobody has handled yet. Event loop only.
 *
 * <p>It counts the bytes that have arrived since the handlers were last seen to have nothing left;
 * what they have left cannot be more. Past the limit it looks, and if something is left the packets
 * that follow wait until nothing is.
 */
final class HandlerBacklog {
  private static final int LOOK_AGAIN_MILLIS = 5;

  private final EventLoop loop;
  private final SocketStreams streams;
  private final InboundOrder order;
  private final int byteLimit;
  private int arrived;
  private boolean holding;

  HandlerBacklog(EventLoop loop, SocketStreams streams, InboundOrder order, int byteLimit) {
    this.loop = loop;
    this.streams = streams;
    this.order = order;
    this.byteLimit = byteLimit;
  }

  /** A message has arrived: it waits if the handlers are behind. */
  void arrived(int bytes) {
    arrived += bytes;
    if (arrived > byteLimit && !holding) {
      look();
    }
  }

  /** Returns whether packets wait because handlers are behind. */
  boolean isHolding() {
    return holding;
  }

  private void look() {
    if (!streams.isBehind()) {
      arrived = 0;
      return;
    }
    holding = true;
    order.hold();
    lookAgain();
  }

  private void lookAgain() {
    if (loop.isShuttingDown() || order.isStopped()) {
      return;
    }
    loop.schedule(this::releaseIfHandled, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void releaseIfHandled() {
    if (streams.isBehind()) {
      lookAgain();
      return;
    }
    arrived = 0;
    holding = false;
    order.release();
  }
}
