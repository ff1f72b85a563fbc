// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.store.Store;
import io.socketcluster.workers.internal.DefaultWorker;
import io.socketcluster.workers.internal.store.WorkerStore;
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
    DefaultWorker worker =
        DefaultWorker.create(0, controller, options, WorkerStore.of(options, null), builder -> {});
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
   * Returns the data that all workers share, the same store for each call:
   *
   * <ul>
   *   <li>without the option {@code broker}, in the process of the supervisor's broker, which has
   *       the memory of a worker; the data is lost with that process
   *   <li>with a broker that is Redis or Valkey, in that Redis, at the prefix {@code
   *       socketcluster:store}: the data of all machines
   *   <li>of a single worker without supervisor and broker, in its memory
   * </ul>
   *
   * <p>The option {@code storeOptions} has its limits. The worker closes it at its end.
   *
   * @throws InvalidOptionsError if the broker is another one, where no store is; create a {@link
   *     Store} in place of this one then
   * @throws InvalidActionError if the worker has ended
   */
  Store store();

  /**
   * Disconnects all sockets, gradually, and ends the server, as {@link AGServer#close} does. The
   * engine of the option {@code broker} and the {@link #store} end after it.
   *
   * @return a future that completes when the server has ended
   */
  CompletableFuture<Void> close();
}
