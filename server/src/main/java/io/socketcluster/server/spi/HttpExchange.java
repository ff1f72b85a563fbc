// SPDX-License-Identifier: MIT
package io.socketcluster.server.spi;

import io.netty.channel.EventLoop;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;

/** A request that a transport has to answer once. Thread-safe. */
public interface HttpExchange {
  /** Returns the method, such as {@code GET}. */
  String method();

  /** Returns the head of the request and the addresses of its connection. */
  UpgradeRequest request();

  /** Returns the whole body, which belongs to the caller. */
  byte[] body();

  /** Returns the event loop of the connection. */
  EventLoop eventLoop();

  /** Returns whether the option {@code origins} allows the page that sent the request. */
  boolean isOriginAllowed();

  /**
   * Sends the answer.
   *
   * @throws IllegalArgumentException if the answer has a {@link HttpAnswer#stream}
   * @throws IllegalStateException if the request has been answered
   */
  void answer(HttpAnswer answer);

  /**
   * Begins an answer that is sent in parts. The body of {@code head} is the first part. With the
   * header {@code connection: close} the parts are sent without chunks around them, and the answer
   * ends with the connection.
   *
   * @throws IllegalStateException if the request has been answered
   */
  HttpStream stream(HttpAnswer head);

  /**
   * Runs a task on the event loop of the connection if the client hangs up before its answer is
   * complete. Runs it at once if the client has done so already. One task for each request.
   */
  void whenGone(Runnable task);
}
