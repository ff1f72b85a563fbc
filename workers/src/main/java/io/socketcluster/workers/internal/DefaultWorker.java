// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import io.socketcluster.workers.WorkersOptions;
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
  private final @Nullable AGBrokerEngine broker;

  private DefaultWorker(
      int id,
      WorkerController controller,
      WorkersOptions options,
      AGServer agServer,
      @Nullable AGBrokerEngine broker) {
    this.id = id;
    this.controller = controller;
    this.options = options;
    this.agServer = agServer;
    this.broker = broker;
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
      return new DefaultWorker(id, controller, options, SocketCluster.create(built), broker);
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

  /** Ends the server, and after it the broker engine, which a server does not close. */
  @Override
  public CompletableFuture<Void> close() {
    return agServer
        .close()
        .handle((done, failure) -> closed(broker).thenCompose(ended -> outcome(failure)))
        .thenCompose(Function.identity());
  }

  private static CompletableFuture<Void> outcome(@Nullable Throwable failure) {
    return failure == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(failure);
  }
}
