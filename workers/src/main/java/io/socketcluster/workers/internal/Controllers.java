// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Creates the application that a worker runs. */
public final class Controllers {
  private Controllers() {}

  /**
   * Creates the application of a name, or a plain server for null.
   *
   * @throws InvalidOptionsError if there is no such application
   */
  public static WorkerController create(@Nullable String name) {
    if (name == null) {
      return new PlainServer();
    }
    try {
      Class<?> type = Class.forName(name);
      return type.asSubclass(WorkerController.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new InvalidOptionsError(
          "workerController is "
              + name
              + "; allowed: a public class with a public constructor without parameters that"
              + " implements "
              + WorkerController.class.getName());
    }
  }

  /** Clients publish and subscribe, and the files of the folder {@code public} are served. */
  private static final class PlainServer implements WorkerController {
    @Override
    public void configure(AGServerOptions.Builder options) {
      Path files = Path.of("public");
      options.httpHandler(
          HttpHandler.withHealthCheck(
              "/health-check",
              Files.isDirectory(files) ? HttpHandler.files(files) : HttpHandler.NONE));
    }

    @Override
    public void run(SocketClusterWorker worker) {}
  }
}
