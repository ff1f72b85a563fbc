// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.socketio.SocketIO;
import io.socketcluster.socketio.SocketIOListener;
import io.socketcluster.socketio.SocketIOOptions;
import java.util.Map;

final class OldSocketIOProgram {
  private OldSocketIOProgram() {}

  static AGServer start(int port, AGServerOptions options) {
    AGServer server = SocketCluster.create(options);
    SocketIOListener io = SocketIO.listen(server, SocketIOOptions.builder().build());
    io.onClientConnect(
        client -> {
          String name = client.socket().id(); // the session id is a secret
          client.send(Map.of("announcement", "welcome"));
          client.broadcast(Map.of("announcement", name + " connected"));
          client.onMessage(text -> client.broadcast(Map.of("message", text, "from", name)));
          client.onDisconnect(() -> io.broadcast(Map.of("announcement", name + " left")));
        });
    server.listen(port);
    return server;
  }
}
