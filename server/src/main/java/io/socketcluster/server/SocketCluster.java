// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.server.internal.DefaultAGServer;
import java.util.concurrent.CompletionException;

/** Where a server begins. */
public final class SocketCluster {
  private SocketCluster() {}

  /** Starts a server with the default options; see {@link #listen(int, AGServerOptions)}. */
  public static AGServer listen(int port) {
    return listen(port, AGServerOptions.defaults());
  }

  /**
   * Starts a server on a port of its own and returns when it accepts connections.
   *
   * @param port the TCP port; 0 lets the system choose, {@link AGServer#port} tells which
   * @throws CompletionException when the port cannot be bound; its cause says why
   */
  public static AGServer listen(int port, AGServerOptions options) {
    return DefaultAGServer.listen(port, options);
  }

  /**
   * Makes a server that listens nowhere: attach it to a Netty pipeline with {@code
   * io.socketcluster.server.netty.SocketClusterNetty}.
   */
  public static AGServer create(AGServerOptions options) {
    return DefaultAGServer.create(options);
  }
}
