// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The program that {@code bin/demo} starts. */
public final class Demo {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Demo() {}

  /**
   * Starts the demo. A port that cannot be had ends the program with one sentence and status 1, an
   * argument that makes no sense with status 2.
   *
   * @param args {@code --port PORT}, or nothing for 8000; {@code --broker URL} joins this demo to
   *     others at the same NATS or Redis, or in the same SCC cluster; {@code --help}. The
   *     environment variable {@code SOCKETCLUSTER_AUTH_KEY} keeps logins valid across restarts.
   */
  public static void main(String[] args) {
    try {
      DemoArguments arguments = DemoArguments.of(args);
      if (arguments.help()) {
        System.out.println(DemoArguments.USAGE);
      } else {
        start(arguments);
      }
    } catch (IllegalArgumentException e) {
      System.err.println("demo: " + e.getMessage());
      System.err.println(DemoArguments.USAGE);
      System.exit(MISUSED);
    }
  }

  private static void start(DemoArguments arguments) {
    int port = arguments.port();
    AGServerOptions.Builder options = AGServerOptions.builder();
    AGBrokerEngine broker =
        arguments.broker() == null ? null : Brokers.at(arguments.broker(), port);
    if (broker != null) {
      options.brokerEngine(broker);
    }
    String authKey = System.getenv("SOCKETCLUSTER_AUTH_KEY");
    if (authKey != null) {
      options.authKey(authKey);
    }
    AGServer server;
    try {
      server = DemoServer.start(port, options);
    } catch (RuntimeException e) {
      String reason = reasonOfTheSystem(e);
      if (reason == null) {
        throw e;
      }
      System.err.println("demo: cannot listen on port " + port + ": " + reason);
      System.exit(FAILED);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, broker)));
    System.out.println("SocketCluster demo: http://localhost:" + server.port() + "/");
  }

  private static void end(AGServer server, @Nullable AGBrokerEngine broker) {
    server.close().join();
    if (broker != null) {
      broker.close().join();
    }
  }

  /**
   * Returns what the system says, such as "Address already in use", without the call that failed.
   */
  private static @Nullable String reasonOfTheSystem(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        String message = String.valueOf(cause.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).strip();
      }
    }
    return null;
  }
}
