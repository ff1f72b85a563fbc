// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.spi.HttpTransports;
import io.socketcluster.socketio.internal.FlashPolicy;
import io.socketcluster.socketio.internal.SocketIODoor;

/**
 * Serves the clients of Socket.IO 0.5 and 0.6 on the port of a server.
 *
 * <pre>{@code
 * AGServer server = SocketCluster.create(options);
 * SocketIOListener io = SocketIO.listen(server, SocketIOOptions.builder().build());
 * io.onClientConnect(
 *     client -> {
 *       client.send("welcome");
 *       client.onMessage(client::broadcast);
 *     });
 * server.listen(8000);
 * }</pre>
 */
public final class SocketIO {
  private SocketIO() {}

  /**
   * Adds the path of the options to a server. Connections that come afterwards can use it.
   *
   * @throws InvalidArgumentsError when the server was not made by this library
   */
  public static SocketIOListener listen(AGServer server, SocketIOOptions options) {
    SocketIODoor door = new SocketIODoor(server, options);
    options.addHandlers(door.listener());
    HttpTransports.mount(server, door);
    if (options.transports().contains(SocketIOTransport.FLASHSOCKET)) {
      FlashPolicy policy = new FlashPolicy(server.options().origins());
      HttpTransports.answerFirstWord(server, FlashPolicy.request(), policy.toBytes());
    }
    return door.listener();
  }
}
