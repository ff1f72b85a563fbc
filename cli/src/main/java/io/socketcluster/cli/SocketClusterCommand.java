// SPDX-License-Identifier: MIT
package io.socketcluster.cli;

import io.socketcluster.cli.internal.Commands;
import io.socketcluster.workers.WorkerController;
import java.util.Objects;

/** The command {@code socketcluster}. */
public final class SocketClusterCommand {
  private SocketClusterCommand() {}

  /**
   * Runs a command for the application in the current folder.
   *
   * @param args as {@code socketcluster --help} says
   */
  public static void main(String[] args) {
    exit(new Commands(null).execute(args));
  }

  /**
   * Runs a command for an application: the body of the application's main method. Without arguments
   * the application runs. The process ends with status 2 if the arguments or the configuration are
   * wrong, and with status 1 if the command fails; the standard error has a sentence about it.
   *
   * @param application has a public constructor without parameters
   * @param args as {@code socketcluster --help} says
   */
  public static void run(Class<? extends WorkerController> application, String... args) {
    Objects.requireNonNull(application, "application");
    exit(new Commands(application).execute(args.length == 0 ? new String[] {"run"} : args));
  }

  private static void exit(int status) {
    if (status != 0) {
      System.exit(status);
    }
  }
}
