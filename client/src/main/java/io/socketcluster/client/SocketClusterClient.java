// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.client.internal.DefaultClientSocket;

/**
 * Where client sockets come from. Documented by SocketCluster as {@code socketClusterClient}
 * (docs/api-socket-cluster-client.md). Stateless.
 */
public final class SocketClusterClient {
  private SocketClusterClient() {}

  /** Creates a socket that connects to port 80 of this machine. */
  public static AGClientSocket create() {
    return create(AGClientOptions.DEFAULT);
  }

  /**
   * Creates a socket, which begins to connect at once unless {@code autoConnect} is off. What
   * arrives in the first second of a connection is kept for consumers that come later.
   *
   * <p>All sockets of a JVM share a few daemon threads, which never run code of the application: a
   * socket alone keeps no JVM alive.
   */
  public static AGClientSocket create(AGClientOptions options) {
    return DefaultClientSocket.create(options);
  }
}
