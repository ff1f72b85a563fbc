// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.engineio.EngineIO;
import io.socketcluster.engineio.EngineIOOptions;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;

final class FirstClientsProgram {
  private FirstClientsProgram() {}

  static AGServer start(int port, AGServerOptions options) {
    AGServer server = SocketCluster.create(options);
    EngineIO.mount(server, EngineIOOptions.builder().appName("shop").build());
    server.listen(port);
    return server;
  }
}
