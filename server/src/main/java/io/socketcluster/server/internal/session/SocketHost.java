// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.events.EventHost;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.middleware.MiddlewareHost;
import io.socketcluster.server.internal.tokens.RevokedTokens;

/** The server as its sockets need it. Every method is thread-safe. */
public interface SocketHost extends EventHost, MiddlewareHost {
  @Override
  AGServerOptions options();

  /** Returns the tokens that are refused before they expire. */
  RevokedTokens revokedTokens();

  /** The handshake of a socket begins. */
  void onPending(DefaultServerSocket socket);

  /** The handshake of a socket is complete. */
  void onOpen(DefaultServerSocket socket);

  /** A socket is closed. */
  void onClosed(DefaultServerSocket socket, int code);

  /** A socket is about to be closed because it holds so much memory. */
  void onMemoryLimit(DefaultServerSocket socket, MemoryBound bound, long heldBytes);
}
