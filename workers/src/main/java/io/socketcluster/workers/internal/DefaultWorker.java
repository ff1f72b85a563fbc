// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import io.socketcluster.workers.WorkersOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker in this process. */
public final class DefaultWorker implements SocketClusterWorker {
  private final int id;
  private final WorkerController controller;
  private final WorkersOptions options;
  private final AGServer agServer;

  private DefaultWorker(
      int id, WorkerController controller, WorkersOptions options, AGServer agServer) {
    this.id = id;
    this.controller = controller;
    this.options = options;
    this.agServer = agServer;
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
      AGServer agServer = SocketCluster.create(builder.build());
      return new DefaultWorker(id, controller, options, agServer);
    } catch (RuntimeException e) {
      close(broker);
      throw e;
    }
  }

  private static void close(@Nullable AGBrokerEngine broker) {
    if (broker != null) {
      broker.close();
    }
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
      agServer.close();
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
}
