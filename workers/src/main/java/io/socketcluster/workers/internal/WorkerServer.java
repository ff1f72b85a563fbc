// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.workers.WorkersOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server of a worker. */
public final class WorkerServer {
  private final AGServer agServer;

  private WorkerServer(AGServer agServer) {
    this.agServer = agServer;
  }

  /** The part of the application that is run before the port is open. */
  public interface Setup {
    void run() throws Exception;
  }

  /** Creates a server, which the broker of the options joins to others. */
  public static WorkerServer create(
      WorkersOptions options, Consumer<AGServerOptions.Builder> configure) {
    AGServerOptions.Builder builder = options.serverOptions();
    String broker = options.broker();
    if (broker != null) {
      builder.brokerEngine(Brokers.at(broker, options.port()));
    }
    try {
      configure.accept(builder);
      return new WorkerServer(SocketCluster.create(builder.build()));
    } catch (RuntimeException e) {
      close(builder.build().brokerEngine());
      throw e;
    }
  }

  private static void close(@Nullable AGBrokerEngine engine) {
    if (engine != null) {
      engine.close();
    }
  }

  /** Returns the server. */
  public AGServer agServer() {
    return agServer;
  }

  /** Runs the application, and opens the port. A failure ends the server. */
  public void start(Setup setup, int port) {
    try {
      setup.run();
      agServer.listen(port);
    } catch (Exception e) {
      agServer.close();
      throw e instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException("The controller of the worker failed: " + e.getMessage(), e);
    }
  }
}
