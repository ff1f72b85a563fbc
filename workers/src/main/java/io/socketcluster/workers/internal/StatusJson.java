// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.workers.WorkerStatus;
import io.socketcluster.workers.internal.supervisor.Supervisor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The state of a supervisor as JSON. */
final class StatusJson {
  private StatusJson() {}

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  static CompletableFuture<ObjectNode> of(Supervisor supervisor) {
    return supervisor
        .status()
        .thenCombine(
            supervisor.brokerPid(), (workers, broker) -> of(supervisor.port(), broker, workers));
  }

  private static ObjectNode of(int port, long brokerPid, List<WorkerStatus> workers) {
    ObjectNode status = empty().put("port", port).put("pid", ProcessHandle.current().pid());
    if (brokerPid >= 0) {
      status.put("broker", brokerPid);
    }
    ArrayNode list = status.putArray("workers");
    for (WorkerStatus worker : workers) {
      list.addObject()
          .put("id", worker.id())
          .put("pid", worker.pid())
          .put("state", worker.state())
          .put("connections", worker.connections())
          .put("handshakes", worker.handshakes())
          .put("receivedPerSecond", rounded(worker.receivedPerSecond()))
          .put("sentPerSecond", rounded(worker.sentPerSecond()))
          .put("memory", worker.memory())
          .put("restarts", worker.restarts())
          .put("uptimeSeconds", worker.uptime().toSeconds());
    }
    return status;
  }

  private static double rounded(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}
