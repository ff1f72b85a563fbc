// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.micrometer.observation.ObservationRegistry;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.micrometer.ClientObservations;
import io.socketcluster.micrometer.ServerObservations;
import io.socketcluster.server.AGServer;

/** The programs of the guide on traces. */
final class TracesProgram {
  private TracesProgram() {}

  static void serve(AGServer agServer, ObservationRegistry registry) {
    ServerObservations observations = new ServerObservations(registry);
    agServer.onConnection(
        socket ->
            socket
                .procedure("echo")
                .consume(observations.observed(request -> request.end(request.data()))));
  }

  static AGClientSocket connect(int port, ObservationRegistry registry) {
    return SocketClusterClient.create(
        AGClientOptions.builder()
            .port(port)
            .clientObserver(new ClientObservations(registry))
            .build());
  }
}
