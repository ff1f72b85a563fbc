// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static io.socketcluster.conformance.samples.SamplePort.port;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.SocketCluster;

public class Chat {
  public static void main(String[] args) {
    AGServer agServer = SocketCluster.listen(port);
    agServer.listener(AGServer.ERROR).consume(event -> event.error().printStackTrace());
    agServer.listener(AGServer.WARNING).consume(event -> System.err.println(event.warning()));

    agServer.onConnection(
        socket -> {
          socket.procedure("echo").consume(request -> request.end(request.data()));
        });
    System.out.println("Listening on port " + agServer.port());
  }
}
