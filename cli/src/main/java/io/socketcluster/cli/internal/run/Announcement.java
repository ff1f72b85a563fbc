// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import io.socketcluster.server.AGServer;
import java.io.PrintWriter;
import tools.jackson.databind.node.JsonNodeFactory;

/** The line that a server prints when it is ready. */
final class Announcement {
  private Announcement() {}

  static void ready(PrintWriter out, boolean json, AGServer server) {
    ready(out, json, server.port(), server.secure());
  }

  static void ready(PrintWriter out, boolean json, int port, boolean secure) {
    if (json) {
      out.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("event", "ready")
              .put("port", port)
              .put("secure", secure)
              .put("pid", ProcessHandle.current().pid()));
    } else {
      String scheme = secure ? "https" : "http";
      out.println("SocketCluster: " + scheme + "://localhost:" + port + "/");
    }
    out.flush();
  }
}
