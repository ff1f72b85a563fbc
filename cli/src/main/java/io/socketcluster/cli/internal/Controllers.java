// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the application that a worker runs. */
final class Controllers {
  private Controllers() {}

  /** Creates the application of the main method, or of the configuration, or a plain server. */
  static WorkerController create(@Nullable Class<?> application, @Nullable String named) {
    try {
      Class<?> type = application == null && named != null ? Class.forName(named) : application;
      if (type == null) {
        return new PlainServer();
      }
      return type.asSubclass(WorkerController.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new CommandFailure(
          "workerController "
              + named
              + " is no public class with a public constructor without parameters that implements "
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
