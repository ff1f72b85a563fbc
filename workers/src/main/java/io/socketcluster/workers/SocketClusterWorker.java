// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.workers.internal.WorkerServer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A worker: a server and the application that it runs. Thread-safe. */
public final class SocketClusterWorker {
  private final int id;
  private final WorkersOptions options;
  private final AGServer agServer;

  private SocketClusterWorker(int id, WorkersOptions options, AGServer agServer) {
    this.id = id;
    this.options = options;
    this.agServer = agServer;
  }

  /**
   * Starts a single worker in this process. The port is open when this method returns. The option
   * {@code workers} has no effect here.
   *
   * @throws InvalidOptionsError if an option that the controller sets is refused
   * @throws RuntimeException if the controller fails, or if the server cannot listen on the port
   */
  public static SocketClusterWorker start(WorkerController controller, WorkersOptions options) {
    return start(controller, options, 0);
  }

  static SocketClusterWorker start(WorkerController controller, WorkersOptions options, int id) {
    Objects.requireNonNull(controller, "controller");
    Objects.requireNonNull(options, "options");
    WorkerServer server = WorkerServer.create(options, controller::configure);
    SocketClusterWorker worker = new SocketClusterWorker(id, options, server.agServer());
    server.start(() -> controller.run(worker), options.port());
    return worker;
  }

  /** Returns the number of the worker, beginning with 0. A replacement has the number of before. */
  public int id() {
    return id;
  }

  /** Returns whether this is worker 0, of which there is one: the place for work done only once. */
  public boolean isLeader() {
    return id == 0;
  }

  /** Returns the options of all workers. */
  public WorkersOptions options() {
    return options;
  }

  /** Returns the server. */
  public AGServer agServer() {
    return agServer;
  }

  /** Returns the server's own client of the broker, which joins the workers. */
  public AGExchange exchange() {
    return agServer.exchange();
  }

  /**
   * Disconnects all sockets, gradually, and ends the server, as {@link AGServer#close} does.
   *
   * @return a future that completes when the server has ended
   */
  public CompletableFuture<Void> close() {
    return agServer.close();
  }
}
