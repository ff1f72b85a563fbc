// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The numbers of sockets and of channels, and the largest channels. */
@Endpoint(id = "socketcluster")
final class SocketClusterEndpoint {
  private static final int LARGEST = 20;

  private final AGServer server;

  SocketClusterEndpoint(AGServer server) {
    this.server = server;
  }

  /**
   * The state of the server.
   *
   * @param largestChannels the number of subscribed sockets of this server by channel, the largest
   *     first
   */
  record State(
      boolean serving,
      boolean ready,
      int clients,
      int pendingClients,
      int channels,
      Map<String, Integer> largestChannels) {}

  /** Returns the state. It walks over all subscriptions of the server. */
  @ReadOperation
  public State state() {
    Map<String, Integer> sizes = new HashMap<>();
    server
        .clients()
        .values()
        .forEach(
            socket ->
                socket.subscriptions().forEach(channel -> sizes.merge(channel, 1, Integer::sum)));
    Map<String, Integer> largest = new LinkedHashMap<>();
    sizes.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(LARGEST)
        .forEach(entry -> largest.put(entry.getKey(), entry.getValue()));
    return new State(
        server.isServing(),
        server.isReady(),
        server.clientsCount(),
        server.pendingClientsCount(),
        sizes.size(),
        largest);
  }
}
