// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.HTTPServerError;
import io.socketcluster.server.internal.DefaultAGServer;
import java.util.Objects;

/** Creates servers. */
public final class SocketCluster {
  private SocketCluster() {}

  /** Starts a server with the default options; see {@link #listen(int, AGServerOptions)}. */
  public static AGServer listen(int port) {
    return listen(port, AGServerOptions.DEFAULT);
  }

  /**
   * Starts a server on a port of its own and returns when it accepts connections. The connection
   * events of the first ten seconds are kept for a consumer that comes later. To set a middleware
   * before the first client can connect, use {@link #create} and {@link AGServer#listen}.
   *
   * @param port the TCP port; 0 lets the system choose, {@link AGServer#port} tells which
   * @throws HTTPServerError if the port cannot be bound; the message names the port and the cause
   */
  public static AGServer listen(int port, AGServerOptions options) {
    AGServer server = create(options);
    server.listen(port);
    return server;
  }

  /**
   * Creates a server that does not listen yet. Call {@link AGServer#listen}, or attach the server
   * to a Netty pipeline with {@code SocketClusterNetty} of the module {@code
   * io.socketcluster.server.netty}.
   */
  public static AGServer create(AGServerOptions options) {
    return new DefaultAGServer(Objects.requireNonNull(options, "options"));
  }
}
