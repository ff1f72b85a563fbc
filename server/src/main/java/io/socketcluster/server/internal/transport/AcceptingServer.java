// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;

/** A server of this library, which transports give their connections to. */
public interface AcceptingServer {
  /** Returns the side of the server that accepts connections. */
  ConnectionAcceptor acceptor();

  /**
   * Returns the side of a server that accepts connections.
   *
   * @throws InvalidArgumentsError if the server was not made by this library
   */
  static ConnectionAcceptor acceptorOf(AGServer server) {
    if (server instanceof AcceptingServer accepting) {
      return accepting.acceptor();
    }
    throw new InvalidArgumentsError("A server made by SocketCluster.create was expected");
  }
}
