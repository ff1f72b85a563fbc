// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.SocketCluster;
import java.util.Map;

final class FirstProgram {
  private FirstProgram() {}

  static AGServer start(int port) {
    AGServer agServer = SocketCluster.listen(port);

    agServer.listener(AGServer.ERROR).consume(event -> event.error().printStackTrace());
    agServer.listener(AGServer.WARNING).consume(event -> System.err.println(event.warning()));

    agServer.onConnection(
        socket -> {
          socket
              .procedure("login")
              .consume(
                  request -> {
                    String name = request.data().path("username").stringValue("");
                    if (name.isBlank()) {
                      request.error(new AGException("FailedLoginError", "Who are you?"));
                      return;
                    }
                    socket.setAuthToken(Map.of("username", name));
                    request.end();
                  });

          socket
              .receiver("chat")
              .consume(message -> agServer.exchange().transmitPublish("room", message));
        });
    return agServer;
  }
}
