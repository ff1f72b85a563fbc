// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.EventLoop;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/** The server above the transport: makes a socket of every connection. */
public interface ConnectionAcceptor {
  /** Returns the options of the server. */
  AGServerOptions options();

  /** Returns whether new connections are taken; if not, upgrades are answered with 503. */
  boolean isAccepting();

  /** Tells that an upgrade was refused because of its origin. */
  void onBadOrigin(String origin);

  /** A handler for a pipeline of the application was made. */
  void onAttached();

  /** Returns the flusher of an event loop. Called on it. */
  LoopFlusher flusher(EventLoop loop);

  /** Returns the endpoint of a path, or null. */
  @Nullable ServedEndpoint endpoint(String path);

  /** Makes a socket of a connection. Called on its event loop. */
  WireListener accept(UpgradeRequest request, ServedEndpoint endpoint, WireConnection connection);
}
