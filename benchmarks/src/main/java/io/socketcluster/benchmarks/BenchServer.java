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
    int port =
        args.length == 2 && args[0].equals("--port") ? Integer.parseInt(args[1]) : DEFAULT_PORT;
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
}
