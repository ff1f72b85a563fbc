// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.store.Store;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.SocketClusterWorkers;
import io.socketcluster.workers.WorkerController;
import java.io.IOException;

/** The program of {@code docs/workers.md}. */
public final class WorkersProgram {
  private WorkersProgram() {}

  /** The application. */
  public static final class EchoWorker implements WorkerController {
    @Override
    public void run(SocketClusterWorker worker) {
      worker
          .agServer()
          .onConnection(
              socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
    }
  }

  /** Counts the calls of all clients, at whichever worker they are. */
  public static final class CounterWorker implements WorkerController {
    @Override
    public void run(SocketClusterWorker worker) {
      Store store = worker.store();
      worker
          .agServer()
          .onConnection(
              socket ->
                  socket
                      .procedure("vote")
                      .consume(request -> request.end(store.add("votes", request.data()).join())));
    }
  }

  /** Starts two workers. */
  public static SocketClusterWorkers start(int port) throws IOException {
    SocketClusterWorkers workers =
        SocketClusterWorkers.builder()
            .workerController(EchoWorker.class)
            .workers(2)
            .port(port)
            .build();
    workers.listener(SocketClusterWorkers.FAIL).consume(fail -> System.err.println(fail.message()));
    workers.start().join();
    return workers;
  }
}
