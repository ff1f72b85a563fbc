// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Holds the message that arrived for a socket that does not read at the moment. A client sends the
 * next request when the last one is answered, and a WebSocket is not read meanwhile: no more than
 * one of them waits. Event loop only.
 */
final class Inbox {
  private final Channel channel;
  private final Deque<Object> waiting = new ArrayDeque<>(0); // messages, and what follows each lot
  private boolean passing;

  Inbox(Channel channel) {
    this.channel = channel;
  }

  /** Returns whether the socket has not taken all that came. */
  boolean isBehind() {
    return !waiting.isEmpty();
  }

  /** Passes messages on to the socket, and then runs a task. */
  void add(List<byte[]> messages, Runnable taken) {
    waiting.addAll(messages);
    waiting.add(taken);
    proceed();
  }

  /** Passes on as long as the socket reads. */
  void proceed() {
    if (passing || waiting.isEmpty()) {
      return;
    }
    passing = true;
    boolean read = false;
    try {
      while (!waiting.isEmpty() && channel.isActive() && channel.config().isAutoRead()) {
        switch (waiting.remove()) {
          case byte[] message -> {
            channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(message));
            read = true;
          }
          case Runnable taken -> taken.run();
          default -> throw new AssertionError("Neither a message nor a task");
        }
      }
    } finally {
      passing = false;
    }
    if (read) {
      channel.pipeline().fireChannelReadComplete();
    }
  }

  /** Nobody reads any more: whoever waits for that goes on. */
  void end() {
    List<Object> rest = List.copyOf(waiting);
    waiting.clear();
    rest.forEach(
        each -> {
          if (each instanceof Runnable taken) {
            taken.run();
          }
        });
  }
}
