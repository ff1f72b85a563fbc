// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.ServerObserver;

/** The server as the events of a socket need it. Every method is thread-safe. */
public interface EventHost {
  /** Returns the server as the application sees it. */
  AGServer server();

  /** Returns the options of the server. */
  AGServerOptions options();

  /** Returns the observer of the server and its sockets. */
  ServerObserver observer();

  /**
   * Emits a fault of the application as a warning, and logs it if nobody hears.
   *
   * @param event what happened, a sentence without a full stop
   * @param isHeard whether a listener of the socket is told
   */
  void failed(String event, Throwable failure, boolean isHeard);

  /** A client has called a procedure that nobody consumes. */
  void onUnconsumed(String procedure);

  /** The application has left a call without an answer for the ack timeout. */
  void onUnanswered(String procedure);

  /** Emits the connection event; the mark tells when the event has been handled. */
  ConnectionMark emitConnection(ServerEvent.Connection event);
}
