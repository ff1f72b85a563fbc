// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import java.util.Map;

/**
 * The application of supervised workers: tells a client at which process it is, and how many there
 * were.
 */
public final class ChatOfWorkers implements WorkerController {
  @Override
  public void run(SocketClusterWorker worker) {
    worker.store().add("starts", worker.id()).join();
    Map<String, Object> self = Map.of("id", worker.id(), "pid", ProcessHandle.current().pid());
    worker
        .agServer()
        .onConnection(
            socket -> {
              socket.procedure("worker").consume(request -> request.end(self));
              socket
                  .procedure("starts")
                  .consume(request -> request.end(worker.store().count("starts").join()));
            });
  }
}
