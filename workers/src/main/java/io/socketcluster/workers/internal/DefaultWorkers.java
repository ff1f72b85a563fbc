// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.core.failures.ListenerFailures;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.stream.StreamDemux;
import io.socketcluster.workers.SocketClusterWorkers;
import io.socketcluster.workers.WorkerStatus;
import io.socketcluster.workers.WorkersEvent;
import io.socketcluster.workers.WorkersOptions;
import io.socketcluster.workers.internal.control.ControlServer;
import io.socketcluster.workers.internal.control.PrivateDirectory;
import io.socketcluster.workers.internal.log.CentralLog;
import io.socketcluster.workers.internal.log.LogEntry;
import io.socketcluster.workers.internal.log.LogEntry.Level;
import io.socketcluster.workers.internal.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Supervised workers, with their log and their control socket. */
public final class DefaultWorkers implements SocketClusterWorkers {
  private static final String LOG_FILE = "socketcluster.log";

  private final WorkersOptions options;
  private final Path directory;
  private final CentralLog log;
  private final StreamDemux<Object> listeners =
      new StreamDemux<>(new ListenerFailures("the workers"));
  private final AtomicReference<@Nullable Supervisor> supervisor = new AtomicReference<>();
  private final AtomicReference<@Nullable ControlServer> control = new AtomicReference<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private DefaultWorkers(WorkersOptions options, Path directory, CentralLog log) {
    this.options = options;
    this.directory = directory;
    this.log = log;
  }

  /** Creates the supervisor, with its directory and its log. */
  public static DefaultWorkers create(WorkersOptions options, boolean printsJson)
      throws IOException {
    Path directory = options.directory();
    PrivateDirectory.create(directory);
    CentralLog log =
        CentralLog.open(
            directory.resolve(LOG_FILE),
            options.logFileSize(),
            options.logFiles(),
            System.out,
            printsJson ? LogEntry::toJson : LogEntry::toText,
            lowest(options));
    DefaultWorkers workers = new DefaultWorkers(options, directory, log);
    try {
      workers.control.set(ControlServer.open(directory, workers::carryOut));
    } catch (IOException e) {
      log.close();
      throw e;
    }
    return workers;
  }

  private static Level lowest(WorkersOptions options) {
    return switch (options.logLevel()) {
      case "off", "error" -> Level.ERROR;
      case "warn" -> Level.WARN;
      default -> Level.INFO;
    };
  }

  @Override
  public CompletableFuture<Void> start() {
    try {
      Supervisor started = Supervisor.start(options, directory, log, this::emit);
      if (!supervisor.compareAndSet(null, started)) {
        started.close();
        throw new InvalidActionError("The workers have been started already");
      }
      started.ended().thenRun(this::finish);
      return started.started();
    } catch (IOException e) {
      finish();
      return CompletableFuture.failedFuture(e);
    }
  }

  private void finish() {
    try {
      ControlServer opened = control.getAndSet(null);
      if (opened != null) {
        opened.close();
      }
      log.close();
    } catch (IOException e) {
      System.err.println("The log cannot be closed: " + e.getMessage());
    }
    listeners.closeAll();
    ended.complete(null);
  }

  private void emit(WorkersEvent event) {
    switch (event) {
      case WorkersEvent.Ready ready -> emit(READY, ready);
      case WorkersEvent.Fail fail -> emit(FAIL, fail);
      case WorkersEvent.Notice notice -> emit(NOTICE, notice);
      case WorkersEvent.Worker worker -> emit(WORKER, worker);
      case WorkersEvent.Exit exit -> emit(EXIT, exit);
    }
  }

  private CompletableFuture<tools.jackson.databind.node.ObjectNode> carryOut(String command) {
    return switch (command) {
      case "status" -> StatusJson.of(running());
      case "reload" -> reload().thenApply(done -> StatusJson.empty());
      case "reloadTls" -> {
        reloadTls();
        yield CompletableFuture.completedFuture(StatusJson.empty());
      }
      case "stop" -> running().close().thenApply(done -> StatusJson.empty());
      default -> CompletableFuture.failedFuture(new IOException("there is no command " + command));
    };
  }

  private Supervisor running() {
    Supervisor running = supervisor.get();
    if (running == null) {
      throw new InvalidActionError("The workers have not been started");
    }
    return running;
  }

  @Override
  public StreamDemux<Object> listenerDemux() {
    return listeners;
  }

  @Override
  public int port() {
    Supervisor running = supervisor.get();
    return running == null ? -1 : running.port();
  }

  @Override
  public CompletableFuture<List<WorkerStatus>> status() {
    return running().status();
  }

  @Override
  public CompletableFuture<Void> reload() {
    return running().reload();
  }

  @Override
  public void reloadTls() {
    running().reloadTls();
  }

  @Override
  public CompletableFuture<Void> close() {
    Supervisor running = supervisor.get();
    if (running == null) {
      finish();
    } else {
      running.close();
    }
    return ended();
  }

  @Override
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }
}
