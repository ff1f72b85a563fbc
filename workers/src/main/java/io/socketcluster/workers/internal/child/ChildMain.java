// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import tools.jackson.databind.JsonNode;

/** The main method of the child processes of a supervisor. Nobody else starts it. */
public final class ChildMain {
  private static final int FAILED = 1;

  private ChildMain() {}

  /**
   * Runs a child process. Its first message, on the standard input, says what it needs.
   *
   * @param args {@code worker}, {@code spare}, {@code broker} or {@code training}
   */
  public static void main(String[] args) {
    try {
      if (args[0].equals("training")) {
        Training.run();
        System.exit(0);
      }
      SupervisorLink link = SupervisorLink.open();
      JsonNode first = args[0].equals("spare") ? WarmUp.until(link, Training::run) : link.first();
      if (args[0].equals("broker")) {
        BrokerProcess.run(link, first);
      } else {
        WorkerProcess.run(link, first);
      }
    } catch (Throwable failure) {
      failure.printStackTrace(); // not by a logging library: the application may have none
      System.exit(FAILED);
    }
  }
}
