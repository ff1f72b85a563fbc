// SPDX-License-Identifier: MIT
package com.example.consumer;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.SocketCluster;

/** An application with both ends: a typed call, answered by a record. */
public final class Program {
  private Program() {}

  record Name(String name) {}

  record Greeting(String text) {}

  public static void main(String[] args) throws Exception {
    AGServer server = SocketCluster.listen(0);
    server
        .listener(AGServer.CONNECTION)
        .consume(
            event ->
                event
                    .socket()
                    .procedure("greet", Name.class)
                    .consume(
                        request -> request.end(new Greeting("Hello " + request.data().name()))));
    AGClientSocket socket =
        SocketClusterClient.create(AGClientOptions.builder().port(server.port()).build());
    Greeting greeting = socket.call("greet", new Name("Ada"), Greeting.class);
    System.out.println(Program.class.getModule() + " got: " + greeting.text());
    socket.disconnect();
    server.close().join();
  }
}
