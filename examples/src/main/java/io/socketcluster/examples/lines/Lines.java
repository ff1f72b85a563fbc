// SPDX-License-Identifier: MIT
package io.socketcluster.examples.lines;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;

/** A server for {@code nc localhost 8001} and for every SocketCluster client on port 8000. */
public final class Lines {
  private static final int PORT = 8000;
  private static final int LINE_PORT = 8001;

  private Lines() {}

  /** Serves until the process ends. */
  public static void main(String[] args) {
    AGServer server = create();
    server.listen(PORT);
    LineServer lines = LineServer.listen(server, LINE_PORT);
    System.out.println("SocketCluster on port " + PORT + ", lines on port " + lines.port());
  }

  static AGServer create() {
    AGServer server =
        SocketCluster.create(AGServerOptions.builder().pingTimeoutDisabled(true).build());
    server.onConnection(socket -> socket.procedure("echo").consume(call -> call.end(call.data())));
    return server;
  }
}
