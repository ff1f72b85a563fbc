// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;

/**
 * A server with the procedure {@code echo} and no middleware: what {@code bin/bench-server} starts.
 */
public final class BenchServer {
  private static final int DEFAULT_PORT = 8000;

  private BenchServer() {}

  /**
   * Starts the server.
   *
   * @param args {@code --port PORT}, or nothing for 8000
   */
  public static void main(String[] args) {
    int port = portOf(args);
    AGServer server = SocketCluster.create(AGServerOptions.defaults());
    server
        .listener(AGServer.CONNECTION)
        .consume(
            connection ->
                connection
                    .socket()
                    .procedure("echo", Payload.class)
                    .consume(request -> request.end(request.data())));
    server.listen(port);
    System.out.println("SocketCluster bench server: port " + server.port());
  }

  private static int portOf(String[] args) {
    if (args.length == 0) {
      return DEFAULT_PORT;
    }
    if (args.length == 2 && args[0].equals("--port") && args[1].matches("\\d{1,5}")) {
      return Integer.parseInt(args[1]);
    }
    System.err.println("usage: bench-server [--port PORT]");
    System.exit(2);
    return DEFAULT_PORT;
  }
}
