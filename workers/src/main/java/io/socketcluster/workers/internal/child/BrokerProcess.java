// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** The child process that runs the broker of the workers. */
final class BrokerProcess {
  private BrokerProcess() {}

  static void run(SupervisorLink link, JsonNode start) throws Exception {
    BrokerServer server =
        BrokerServer.start(
            start.path("key").stringValue(),
            start.path("statePort").intValue(),
            start.path("brokerPort").intValue());
    AtomicBoolean ending = new AtomicBoolean();
    link.follow(
        command -> {
          if (command.equals("end") && ending.compareAndSet(false, true)) {
            server.close().whenComplete((done, failure) -> System.exit(0));
          }
        });
    link.send(
        link.message("ready")
            .put("statePort", server.statePort())
            .put("brokerPort", server.brokerPort()));
  }
}
