// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.store.Store;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import io.socketcluster.workers.WorkersOptions;
import io.socketcluster.workers.internal.store.WorkerStore;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A worker in this process. */
public final class DefaultWorker implements SocketClusterWorker {
  private final int id;
  private final WorkerController controller;
  private final WorkersOptions options;
  private final AGServer agServer;
  private final Joined joined;

  private DefaultWorker(
      int id,
      WorkerController controller,
      WorkersOptions options,
      AGServer agServer,
      Joined joined) {
    this.id = id;
    this.controller = controller;
    this.options = options;
    this.agServer = agServer;
    this.joined = joined;
  }

  /** Joins the worker to the others, and ends after its server, which does not close it. */
  private record Joined(WorkerStore store, @Nullable AGBrokerEngine broker) {
    CompletableFuture<Void> close() {
      return CompletableFuture.allOf(closed(broker), store.close());
    }
  }

  /**
   * Creates a worker, which the broker of the options joins to others.
   *
   * @param defaults sets options before the controller does
   */
  public static DefaultWorker create(
      int id,
      WorkerController controller,
      WorkersOptions options,
      WorkerStore store,
      Consumer<AGServerOptions.Builder> defaults) {
    AGServerOptions.Builder builder = options.serverOptions();
    defaults.accept(builder);
    String url = options.broker();
    AGBrokerEngine broker = url == null ? null : Brokers.at(url, options.port());
    try {
      if (broker != null) {
        builder.brokerEngine(broker);
      }
      controller.configure(builder);
      AGServerOptions built = builder.build();
      if (broker != null && !broker.equals(built.brokerEngine())) {
        broker.close(); // the controller has set another engine, and closes that by itself
        broker = null;
      }
      Joined joined = new Joined(store, broker);
      return new DefaultWorker(id, controller, options, SocketCluster.create(built), joined);
    } catch (RuntimeException e) {
      closed(broker);
      throw e;
    }
  }

  private static CompletableFuture<Void> closed(@Nullable AGBrokerEngine broker) {
    return broker == null ? CompletableFuture.completedFuture(null) : broker.close();
  }

  /** Runs the application, and opens the port. A failure ends the server. */
  public void start(int port) {
    start(port, () -> {});
  }

  /**
   * Runs the application, and opens the port. A failure ends the server.
   *
   * @param before is run right before the port is open
   */
  public void start(int port, Runnable before) {
    try {
      controller.run(this);
      before.run();
      agServer.listen(port);
    } catch (Exception e) {
      close();
      throw e instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException("The controller of the worker failed: " + e.getMessage(), e);
    }
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public WorkersOptions options() {
    return options;
  }

  @Override
  public AGServer agServer() {
    return agServer;
  }

  @Override
  public Store store() {
    return joined.store().get();
  }

  @Override
  public CompletableFuture<Void> close() {
    return agServer
        .close()
        .handle((done, failure) -> joined.close().thenCompose(ended -> outcome(failure)))
        .thenCompose(Function.identity());
  }

  private static CompletableFuture<Void> outcome(@Nullable Throwable failure) {
    return failure == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(failure);
  }
}
