// SPDX-License-Identifier: MIT
package io.socketcluster.engineio;

import io.socketcluster.engineio.internal.EngineDoor;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.spi.HttpTransports;

/**
 * Serves the clients of SocketCluster 1 and clients 2.2.3 to 2.2.24 on the port of a server. They
 * share its channels, events and middleware with all other clients.
 *
 * <pre>{@code
 * AGServer server = SocketCluster.create(options);
 * EngineIO.mount(server, EngineIOOptions.builder().appName("shop").build());
 * server.listen(8000);
 * }</pre>
 */
public final class EngineIO {
  private EngineIO() {}

  /**
   * Adds the path of the options to a server. Connections that come afterwards can use it.
   *
   * @throws InvalidArgumentsError when the server was not made by this library
   */
  public static void mount(AGServer server, EngineIOOptions options) {
    HttpTransports.mount(server, new EngineDoor(server, options));
  }
}
