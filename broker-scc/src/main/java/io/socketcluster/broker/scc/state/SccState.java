// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The program that {@code bin/scc-state} starts. */
public final class SccState {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private SccState() {}

  /**
   * Starts a state server. A port that cannot be had ends the program with one sentence and status
   * 1, an argument that makes no sense with status 2.
   *
   * @param args as {@code --help} says. The environment variable {@code SCC_AUTH_KEY} sets the key
   *     of the cluster.
   */
  public static void main(String[] args) {
    try {
      SccStateArguments arguments = SccStateArguments.of(System.getenv("SCC_AUTH_KEY"), args);
      if (arguments.help()) {
        System.out.println(SccStateArguments.USAGE);
      } else {
        start(arguments);
      }
    } catch (IllegalArgumentException e) {
      System.err.println("scc-state: " + e.getMessage());
      System.err.println(SccStateArguments.USAGE);
      System.exit(MISUSED);
    }
  }

  private static void start(SccStateArguments arguments) {
    SccStateServer server;
    try {
      server = SccStateServer.listen(arguments.port(), arguments.options());
    } catch (RuntimeException e) {
      String reason = reasonOfTheSystem(e);
      if (reason == null) {
        throw e;
      }
      System.err.println("scc-state: cannot listen on port " + arguments.port() + ": " + reason);
      System.exit(FAILED);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.close().join()));
    System.out.println("SocketCluster state server: port " + server.port());
  }

  /** Returns what the system says, such as "Address already in use". */
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
