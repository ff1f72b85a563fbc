// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.workers.internal.Controllers;
import org.jspecify.annotations.Nullable;

/**
 * The application, as a worker runs it: the {@code workerController} of SocketCluster. Each worker
 * creates an instance with the public constructor without parameters, and calls its methods once,
 * one after the other, before it accepts a connection.
 */
@FunctionalInterface
public interface WorkerController {
  /**
   * Sets the options that only code can set, such as the {@code httpHandler}. The builder has the
   * options of the configuration already; an option that is set here wins.
   *
   * @param options the options of the worker's server
   */
  default void configure(AGServerOptions.Builder options) {}

  /**
   * Creates an application by its class name.
   *
   * @param className the option {@code workerController}; null for a plain server, which serves the
   *     files of the folder {@code public} and lets clients publish and subscribe
   * @throws InvalidOptionsError if there is no such public class
   */
  static WorkerController named(@Nullable String className) {
    return Controllers.create(className);
  }

  /**
   * Sets up the worker: its middleware, and the handlers of its connections. The worker accepts
   * connections when this method has returned.
   *
   * @throws Exception if the worker cannot start; the worker ends
   */
  void run(SocketClusterWorker worker) throws Exception;
}
