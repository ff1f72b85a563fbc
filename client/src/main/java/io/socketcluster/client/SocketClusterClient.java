// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.client.internal.session.DefaultClientSocket;
import java.util.Objects;

/**
 * Creates client sockets. Documented by SocketCluster as {@code socketClusterClient}
 * (docs/api-socket-cluster-client.md). Stateless.
 */
public final class SocketClusterClient {
  private SocketClusterClient() {}

  /** Creates a socket that connects to port 80 of this machine. */
  public static AGClientSocket create() {
    return create(AGClientOptions.DEFAULT);
  }

  /**
   * Creates a socket, which starts to connect at once unless {@code autoConnect} is off. Items that
   * arrive in the first second of a connection are retained for consumers created later.
   *
   * <p>All sockets of a JVM share a few daemon threads, which never run application code. A socket
   * alone does not keep the JVM alive.
   */
  public static AGClientSocket create(AGClientOptions options) {
    return DefaultClientSocket.create(Objects.requireNonNull(options, "options"));
  }
}
