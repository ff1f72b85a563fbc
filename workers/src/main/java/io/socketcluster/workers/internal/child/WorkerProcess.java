// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import io.socketcluster.workers.WorkersOptions;
import io.socketcluster.workers.internal.Controllers;
import io.socketcluster.workers.internal.DefaultWorker;
import io.socketcluster.workers.internal.store.StoreAddress;
import io.socketcluster.workers.internal.store.WorkerStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The child process that runs a worker. */
final class WorkerProcess {
  private WorkerProcess() {}

  static void run(SupervisorLink link, JsonNode start) {
    WorkersOptions options =
        WorkersOptions.builder().fromJson(start.path("options").toString()).build();
    Traffic traffic = new Traffic();
    DefaultWorker worker =
        DefaultWorker.create(
            start.path("id").intValue(),
            Controllers.create(options.workerController()),
            options,
            WorkerStore.of(options, storeOf(start)),
            builder -> builder.reusePort(true).serverObserver(traffic));
    ChildWorker child = new ChildWorker(link, worker, () -> options.serverOptions().build().tls());
    child.follow();
    child.reportEvery(options.workerStatusInterval(), traffic);
    worker.start(options.port(), () -> BrokerReadiness.await(worker.agServer().brokerEngine()));
    child.ready();
  }

  private static @Nullable StoreAddress storeOf(JsonNode start) {
    JsonNode store = start.path("store");
    return store.isObject()
        ? new StoreAddress(store.path("port").intValue(), store.path("authKey").stringValue())
        : null;
  }
}
