// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.core.AGRequest;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import tools.jackson.databind.JsonNode;

final class LoopProgram {
  private LoopProgram() {}

  static AGServer start(int port) {
    AGServer agServer = SocketCluster.listen(port);
    agServer.onConnection(socket -> serve(socket));
    return agServer;
  }

  private static void serve(AGServerSocket socket) {
    Thread.startVirtualThread(
        () -> {
          for (AGRequest<JsonNode> request : socket.procedure("customProc")) {
            request.end("Success");
          }
        });
  }
}
