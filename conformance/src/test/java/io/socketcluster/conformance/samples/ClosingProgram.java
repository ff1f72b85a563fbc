// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;

final class ClosingProgram {
  private ClosingProgram() {}

  static AGServer start(int port) {
    AGServerOptions options =
        AGServerOptions.builder()
            .closeDelay(Duration.ofSeconds(5))
            .closeTimeout(Duration.ofSeconds(20))
            .httpHandler(HttpHandler.withHealthCheck("/health-check", HttpHandler.NONE))
            .build();
    AGServer agServer = SocketCluster.listen(port, options);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> agServer.close().join()));
    return agServer;
  }
}
