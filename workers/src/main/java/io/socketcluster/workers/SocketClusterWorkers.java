// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.EventName;
import io.socketcluster.workers.internal.DefaultWorkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Supervised workers: processes that run the same application on one port, joined by a broker. A
 * worker that ends, that is hung or that is too large is replaced. This process runs no part of the
 * application; when it ends, the workers end, too.
 *
 * <pre>{@code
 * SocketClusterWorkers workers =
 *     SocketClusterWorkers.builder().workerController(Chat.class).workers(4).port(8000).build();
 * workers.listener(SocketClusterWorkers.FAIL).consume(fail -> alert(fail.message()));
 * workers.start().join();
 * }</pre>
 *
 * <p>The system must let processes share a port ({@code SO_REUSEPORT}: Linux, and macOS without a
 * fair share). Every method is thread-safe, and none but {@link Builder#build} blocks.
 */
public interface SocketClusterWorkers extends AsyncStreamEmitter {
  /** All workers are ready for the first time. */
  EventName<WorkersEvent.Ready> READY = new EventName<>("ready");

  /** A process has failed: it ended, it is hung, or its server has emitted an {@code error}. */
  EventName<WorkersEvent.Fail> FAIL = new EventName<>("fail");

  /** The server of a worker has emitted a {@code warning}, or a worker is too large. */
  EventName<WorkersEvent.Notice> NOTICE = new EventName<>("notice");

  /** A worker is ready, for the first time or as a replacement. */
  EventName<WorkersEvent.Worker> WORKER = new EventName<>("worker");

  /** A worker process has ended. */
  EventName<WorkersEvent.Exit> EXIT = new EventName<>("exit");

  /** Returns a builder with the defaults: one worker on port 8000. */
  static Builder builder() {
    return new Builder();
  }

  /**
   * Starts the processes.
   *
   * @return a future that completes when all workers are ready. It fails if the port cannot be had,
   *     or if a worker ends before all of them have been ready; everything ends then
   */
  CompletableFuture<Void> start();

  /** Returns the port of the workers, or -1 before the start. */
  int port();

  /** Returns the state of each worker. */
  CompletableFuture<List<WorkerStatus>> status();

  /**
   * Replaces the workers, one after the other: a new process is ready before the old one
   * disconnects its sockets. The new processes load the classes again, and have the same options.
   *
   * @return a future that completes when all workers have been replaced. It fails if a replacement
   *     ends before it is ready; that worker, and those after it, stay as they are
   */
  CompletableFuture<Void> reload();

  /** Lets each worker read the files of its certificate again. Connections stay open. */
  void reloadTls();

  /**
   * Lets the workers disconnect their sockets, gradually, and end.
   *
   * @return a future that completes when all processes have ended
   */
  CompletableFuture<Void> close();

  /** Returns a future that completes when all processes have ended, whatever the reason. */
  CompletableFuture<Void> ended();

  /** Sets up supervised workers. Not thread-safe. */
  final class Builder {
    private WorkersOptions.Builder options = WorkersOptions.builder().workers(1);
    private boolean printsJson;

    private Builder() {}

    /** Sets all options, in place of those that were set before. */
    public Builder options(WorkersOptions value) {
      options = value.toBuilder();
      if (value.workers().isEmpty()) {
        options.workers(1);
      }
      return this;
    }

    /** Changes options, for example {@code it -> it.jvmOptions("-Xmx512m")}. */
    public Builder options(UnaryOperator<WorkersOptions.Builder> change) {
      options = Objects.requireNonNull(change.apply(options), "options");
      return this;
    }

    /** Sets the application. */
    public Builder workerController(Class<? extends WorkerController> controller) {
      options.workerController(controller);
      return this;
    }

    /** Sets the number of workers, 1 to 256. Default: 1. */
    public Builder workers(int workers) {
      options.workers(workers);
      return this;
    }

    /** Sets the port; 0 for any free port. Default: 8000. */
    public Builder port(int port) {
      options.port(port);
      return this;
    }

    /** Sets whether the log is printed as JSON lines. Default: as text. */
    public Builder printsJson(boolean json) {
      printsJson = json;
      return this;
    }

    /**
     * Creates the supervisor, with its directory and its log.
     *
     * @throws io.socketcluster.protocol.errors.InvalidOptionsError if options are refused
     * @throws IOException if the directory cannot be used, or if another supervisor uses it
     */
    public SocketClusterWorkers build() throws IOException {
      return DefaultWorkers.create(options.build(), printsJson);
    }
  }

  /** Gives commands to the supervisor of a directory, which is another process. Thread-safe. */
  interface Control {
    /** Returns the control of the supervisor whose option {@code directory} is this one. */
    static Control of(Path directory) {
      return io.socketcluster.workers.internal.RemoteWorkers.of(directory);
    }

    /**
     * Returns the state of the workers as a JSON object.
     *
     * @throws IOException if no supervisor runs there
     */
    String status() throws IOException;

    /**
     * Replaces the workers one by one, and returns when that is done.
     *
     * @throws IOException if no supervisor runs there, or if a replacement does not start
     */
    void reload() throws IOException;

    /**
     * Lets the workers read their certificates again.
     *
     * @throws IOException if no supervisor runs there
     */
    void reloadTls() throws IOException;

    /**
     * Ends the workers, and returns when all of them have ended.
     *
     * @throws IOException if no supervisor runs there
     */
    void stop() throws IOException;
  }
}
