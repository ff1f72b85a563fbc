// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import java.util.Map;

final class BasicUsageProgram {
  private BasicUsageProgram() {}

  static AGServer start(int port) {
    AGServer agServer = SocketCluster.listen(port);

    agServer.onConnection(socket -> handle(agServer, socket));
    relay(agServer);
    return agServer;
  }

  private static void handle(AGServer agServer, AGServerSocket socket) {
    socket
        .receiver("customRemoteEvent")
        .consume(data -> agServer.exchange().transmitPublish("foo", data));

    socket
        .procedure("customProc")
        .consume(
            request -> {
              if (request.data().path("bad").booleanValue(false)) {
                request.error(
                    new AGException("BadCustomError", "Server failed to execute the procedure"));
                return;
              }
              request.end("Success");
            });

    record Purchase(String item, int count) {}

    socket
        .procedure("buy", Purchase.class)
        .consume(
            request -> {
              Purchase purchase = request.data();
              request.end(Map.of("bought", purchase.count() + " x " + purchase.item()));
            });

    socket
        .procedure("askMe")
        .consume(
            request -> {
              String answer = socket.call("question", "How are you?", String.class);
              socket.transmit("noted", Map.of("answer", answer));
              request.end();
            });
  }

  private static void relay(AGServer agServer) {
    agServer
        .exchange()
        .subscribe("foo")
        .consume(data -> agServer.exchange().invokePublish("bar", Map.of("copied", data)).join());
  }
}
