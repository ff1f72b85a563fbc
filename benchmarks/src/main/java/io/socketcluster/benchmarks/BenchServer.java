// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerOptionsBuilder;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.Transport;
import java.util.Locale;
import java.util.Map;

/**
 * A server with the procedure {@code echo}: what {@code bin/bench-server} starts and the load
 * generator measures.
 */
public final class BenchServer {
  private static final String USAGE =
      """
      usage: bench-server [--port PORT] [--middleware absent|allowing|deciding]
                          [--event-loops COUNT] [--transport auto|io_uring|epoll|nio]
      """;

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "port", "8000",
          "middleware", "absent",
          "event-loops", "0",
          "transport", "auto");

  private static final int PORT_MAX = 65535;
  private static final int EVENT_LOOPS_MAX = 1024;

  private BenchServer() {}

  /**
   * Starts the server.
   *
   * @param args {@code --port}, 8000 by default and any that is free for 0; {@code --middleware};
   *     {@code --event-loops}, by default one for each core; {@code --transport}
   */
  public static void main(String[] args) {
    try {
      AGServer server = start(args);
      System.out.println("SocketCluster bench server: port " + server.port());
    } catch (IllegalArgumentException e) {
      System.err.println("bench-server: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
    }
  }

  static AGServer start(String... args) {
    Arguments arguments = Arguments.parse(args, DEFAULTS);
    int port = arguments.number("port", 0, PORT_MAX);
    AGServer server = SocketCluster.create(options(arguments));
    BenchMiddleware.named(arguments.text("middleware")).setOn(server);
    server
        .listener(AGServer.CONNECTION)
        .consume(
            connection ->
                connection
                    .socket()
                    .procedure("echo", Payload.class)
                    .consume(request -> request.end(request.data())));
    server.listen(port);
    return server;
  }

  private static AGServerOptions options(Arguments arguments) {
    AGServerOptionsBuilder options =
        AGServerOptions.builder()
            .transport(Transport.valueOf(arguments.text("transport").toUpperCase(Locale.ROOT)));
    int eventLoops = arguments.number("event-loops", 0, EVENT_LOOPS_MAX);
    if (eventLoops > 0) {
      options.eventLoops(eventLoops);
    }
    return options.build();
  }
}
