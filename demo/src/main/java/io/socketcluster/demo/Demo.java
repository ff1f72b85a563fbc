// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerOptionsBuilder;

/** The program that {@code bin/demo} starts. */
public final class Demo {
  private static final int DEFAULT_PORT = 8000;

  private Demo() {}

  /**
   * Starts the demo.
   *
   * @param args {@code --port PORT}, or nothing for 8000. The environment variable {@code
   *     SOCKETCLUSTER_AUTH_KEY} keeps logins valid across restarts.
   */
  public static void main(String[] args) {
    int port = portOf(args);
    AGServerOptionsBuilder options = AGServerOptions.builder();
    String authKey = System.getenv("SOCKETCLUSTER_AUTH_KEY");
    if (authKey != null) {
      options.authKey(authKey);
    }
    AGServer server = DemoServer.start(port, options);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.close().join()));
    System.out.println("SocketCluster demo: http://localhost:" + server.port() + "/");
  }

  private static int portOf(String[] args) {
    if (args.length == 0) {
      return DEFAULT_PORT;
    }
    if (args.length == 2 && args[0].equals("--port") && args[1].matches("\\d{1,5}")) {
      return Integer.parseInt(args[1]);
    }
    System.err.println("usage: demo [--port PORT]");
    System.exit(2);
    return DEFAULT_PORT;
  }
}
