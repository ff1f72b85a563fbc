// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.LoadObserver;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.middleware.MiddlewareHost;

/** What a socket needs of its server. Every method is thread-safe. */
public interface SocketHost extends MiddlewareHost {
  /** Returns the server as the application sees it. */
  AGServer server();

  @Override
  default AGServerOptions options() {
    return server().options();
  }

  /** Returns what signs and verifies tokens. */
  default AGAuthEngine auth() {
    return server().auth();
  }

  /** Returns the broker. */
  default AGBrokerEngine broker() {
    return server().brokerEngine();
  }

  /** Returns who learns what is done to stay within the limits. */
  LoadObserver observer();

  /**
   * Emits a fault of the application as a warning, and logs it if nobody hears.
   *
   * @param event what happened, a sentence without a full stop
   * @param isHeard whether a listener of the socket is told
   */
  void failed(String event, Throwable failure, boolean isHeard);

  /** A client has called a procedure that nobody consumes. */
  void onUnconsumed(String procedure);

  /** The handshake of a socket begins. */
  void onPending(DefaultServerSocket socket);

  /** The handshake of a socket is complete. */
  void onOpen(DefaultServerSocket socket);

  /** A socket is closed. */
  void onClosed(DefaultServerSocket socket);

  /** A socket is about to be closed, for it holds so much memory. */
  void onMemoryLimit(DefaultServerSocket socket, MemoryBound bound, long heldBytes);

  /** Emits the connection event; what is returned tells when it has been handled. */
  ConnectionMark emitConnection(ServerEvent.Connection event);

  /** Tells whether every consumer of the connection event has done with one connection. */
  @FunctionalInterface
  interface ConnectionMark {
    /** Returns whether the event has been handled by all who were there. */
    boolean isHandled();
  }
}
