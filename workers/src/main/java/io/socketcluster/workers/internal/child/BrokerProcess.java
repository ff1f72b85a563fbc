// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import io.socketcluster.store.StoreOptions;
import io.socketcluster.workers.internal.store.HeapShares;
import io.socketcluster.workers.internal.store.StoreSettings;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The child process that runs the broker of the workers. */
final class BrokerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);

  private BrokerProcess() {}

  static void run(SupervisorLink link, JsonNode start) throws Exception {
    BrokerServer server =
        BrokerServer.start(
            start.path("key").stringValue(),
            start.path("statePort").intValue(),
            start.path("brokerPort").intValue(),
            storeOptions(start.get("storeOptions")));
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

  private static StoreOptions storeOptions(JsonNode data) {
    StoreOptions wanted = StoreSettings.parse(data);
    StoreOptions possible = new HeapShares(Runtime.getRuntime().maxMemory()).within(wanted);
    if (possible.byteLimit() < wanted.byteLimit() || possible.keyLimit() < wanted.keyLimit()) {
      LOG.info(
          "The shared store has room for {} keys and {} bytes: this process has no memory for more",
          possible.keyLimit(),
          possible.byteLimit());
    }
    return possible;
  }
}
