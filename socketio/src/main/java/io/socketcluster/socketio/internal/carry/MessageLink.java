// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.socketcluster.http.sessions.WebSocketLink;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** A WebSocket of any version. Thread-safe. */
public interface MessageLink {
  /** Returns the event loop of the connection. */
  EventLoop eventLoop();

  /**
   * Sends messages, whose references it takes over.
   *
   * @param left runs on the event loop of the connection when they have left
   */
  void send(List<ByteBuf> messages, Runnable left);

  /** Closes the connection, with this code if the version has codes. */
  void close(int code, String reason);

  /** Runs a task on the event loop of the connection. */
  default void execute(Runnable task) {
    if (eventLoop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // the loop has ended, and the connection with it
    }
  }

  /** Returns a WebSocket of RFC 6455. */
  static MessageLink of(WebSocketLink link) {
    return new MessageLink() {
      @Override
      public EventLoop eventLoop() {
        return link.eventLoop();
      }

      @Override
      public void send(List<ByteBuf> messages, Runnable left) {
        link.send(messages, left);
      }

      @Override
      public void close(int code, String reason) {
        link.close(code, reason);
      }
    };
  }
}
