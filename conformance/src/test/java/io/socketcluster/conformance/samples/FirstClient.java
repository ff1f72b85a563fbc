// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import java.util.Map;

final class FirstClient {
  private FirstClient() {}

  static AGClientSocket start(int port) throws InterruptedException {
    AGClientSocket socket =
        SocketClusterClient.create(AGClientOptions.builder().port(port).build());

    socket.call("login", Map.of("username", "ada"));
    socket.subscribe("room").consume(message -> System.out.println(message));
    socket.transmit("chat", Map.of("text", "Hello"));
    return socket;
  }
}
