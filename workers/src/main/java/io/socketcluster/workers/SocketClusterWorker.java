// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.workers.internal.DefaultWorker;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A worker: a server and the application that it runs. Thread-safe. */
public interface SocketClusterWorker {
  /**
   * Starts a single worker in this process. The port is open when this method returns. The option
   * {@code workers} has no effect here.
   *
   * @throws InvalidOptionsError if an option that the controller sets is refused
   * @throws RuntimeException if the controller fails, or if the server cannot listen on the port
   */
  static SocketClusterWorker start(WorkerController controller, WorkersOptions options) {
    Objects.requireNonNull(controller, "controller");
    Objects.requireNonNull(options, "options");
    DefaultWorker worker = DefaultWorker.create(0, controller, options, builder -> {});
    worker.start(options.port());
    return worker;
  }

  /** Returns the number of the worker, beginning with 0. A replacement has the number of before. */
  int id();

  /** Returns whether this is worker 0, of which there is one: the place for work done only once. */
  default boolean isLeader() {
    return id() == 0;
  }

  /** Returns the options of all workers. */
  WorkersOptions options();

  /** Returns the server. */
  AGServer agServer();

  /** Returns the server's own client of the broker, which joins the workers. */
  default AGExchange exchange() {
    return agServer().exchange();
  }

  /**
   * Disconnects all sockets, gradually, and ends the server, as {@link AGServer#close} does. The
   * engine of the option {@code broker} ends after it.
   *
   * @return a future that completes when the server has ended
   */
  CompletableFuture<Void> close();
}
