// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import io.socketcluster.server.AGServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** The report of a worker about itself. */
final class Status {
  private static final Path MEMORY = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final int KIB = 1024;

  private Status() {}

  static ObjectNode of(SupervisorLink link, AGServer agServer, Traffic traffic) {
    return link.message("status")
        .put("connections", agServer.clientsCount())
        .put("handshakes", agServer.pendingClientsCount())
        .put("received", traffic.received())
        .put("sent", traffic.sent())
        .put("memory", memory());
  }

  /** Returns the resident memory, or the heap where the system does not tell. */
  private static long memory() {
    try {
      for (String line : Files.readAllLines(MEMORY)) {
        if (line.startsWith(RESIDENT)) {
          return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // another system
    }
    return Runtime.getRuntime().totalMemory();
  }
}
