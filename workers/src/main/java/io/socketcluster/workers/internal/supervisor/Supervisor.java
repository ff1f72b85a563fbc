// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import io.socketcluster.workers.WorkerStatus;
import io.socketcluster.workers.WorkersEvent;
import io.socketcluster.workers.WorkersOptions;
import io.socketcluster.workers.internal.log.CentralLog;
import io.socketcluster.workers.internal.process.ClassArchive;
import io.socketcluster.workers.internal.process.JavaCommand;
import io.socketcluster.workers.internal.process.JavaProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Starts the broker and the workers, watches them, and ends them. Thread-safe. */
public final class Supervisor {
  private static final Duration WATCH = Duration.ofMillis(500);

  /** The clients of a worker that died come back at once: no JVM is to start beside them. */
  private static final Duration NEXT_SPARE = Duration.ofSeconds(3);

  private final Report report;
  private final SupervisorLoop loop;
  private final PortReservation port;
  private final Launch launch;
  private final ArchiveRun archiveRun;
  private final List<WorkerSlot> slots = new ArrayList<>();
  private final @Nullable BrokerSlot broker;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable CompletableFuture<Void> reload;
  private boolean closing;
  private boolean endingBroker;

  private Supervisor(
      WorkersOptions options,
      Path directory,
      CentralLog log,
      Consumer<WorkersEvent> events,
      JavaProgram program)
      throws IOException {
    report = new Report(log, events);
    loop = new SupervisorLoop(failure -> report.error("The supervisor failed: " + failure));
    port = PortReservation.of(options.serverOptions().build().host(), options.port());
    ClassArchive archive = ClassArchive.in(directory, program);
    JavaCommand command = new JavaCommand(program, options, directory, archive);
    archiveRun = new ArchiveRun(loop, archive, command, report);
    launch = new Launch(options, command, loop, report, port.port());
    for (int id = 0; id < options.workers().orElse(1); id++) {
      slots.add(new WorkerSlot(id, loop, launch, report, new OfWorkers()));
    }
    broker = options.broker() == null ? new BrokerSlot(loop, launch, report, new OfBroker()) : null;
  }

  /**
   * Starts the processes.
   *
   * @param directory has the archive of classes, and what a crash leaves
   * @throws IOException if the port cannot be had
   */
  public static Supervisor start(
      WorkersOptions options, Path directory, CentralLog log, Consumer<WorkersEvent> events)
      throws IOException {
    return start(options, directory, log, events, JavaProgram.current());
  }

  static Supervisor start(
      WorkersOptions options,
      Path directory,
      CentralLog log,
      Consumer<WorkersEvent> events,
      JavaProgram program)
      throws IOException {
    Supervisor supervisor = new Supervisor(options, directory, log, events, program);
    supervisor.loop.run(supervisor::begin);
    return supervisor;
  }

  private void begin() {
    loop.every(WATCH, () -> slots.forEach(WorkerSlot::watch));
    if (broker == null) {
      slots.forEach(WorkerSlot::start);
    } else {
      broker.start();
    }
  }

  /** Follows the broker. */
  private final class OfBroker implements BrokerSlot.Listener {
    @Override
    public void ready(int statePort, int brokerPort) {
      launch.useBroker(statePort, brokerPort);
      if (!closing && !started.isDone()) {
        slots.forEach(WorkerSlot::start);
      }
    }

    @Override
    public void failedToStart(String reason) {
      fail(reason);
    }

    @Override
    public void ended() {
      end();
    }
  }

  /** Follows the workers. */
  private final class OfWorkers implements WorkerSlot.Listener {
    @Override
    public void ready(JsonNode message) {
      if (!slots.stream().allMatch(WorkerSlot::isReady)) {
        return;
      }
      if (started.isDone()) {
        loop.later(NEXT_SPARE, Supervisor.this::prepareSpare);
      } else {
        boolean secure = message.path("secure").booleanValue(false);
        report.info("All workers are ready (" + slots.size() + ") on port " + portNumber());
        report.event(new WorkersEvent.Ready(portNumber(), secure));
        started.complete(null);
        prepareSpare(); // first: a worker may die before the archive is there
        archiveRun.start();
      }
    }

    @Override
    public void died(String reason) {
      fail(reason);
    }

    @Override
    public void empty() {
      if (slots.stream().allMatch(WorkerSlot::isEmpty)) {
        endBroker();
      }
    }
  }

  /** A failure before everything has been ready once fails the start: a restart would not help. */
  private void fail(String reason) {
    if (!started.isDone()) {
      started.completeExceptionally(new IOException(reason));
      close();
    }
  }

  private void endBroker() {
    if (endingBroker) {
      return;
    }
    endingBroker = true;
    if (broker == null) {
      end();
    } else {
      broker.close();
    }
  }

  private void end() {
    try {
      port.close();
    } catch (IOException e) {
      report.warn("The port cannot be released: " + e.getMessage());
    }
    archiveRun.end();
    report.info("All workers have ended");
    loop.end();
    Thread.startVirtualThread(() -> ended.complete(null)); // this thread is interrupted
  }

  /** Starts the next worker's process while no other one starts. */
  private void prepareSpare() {
    if (!closing && (reload == null || reload.isDone())) {
      launch.prepare();
    }
  }

  private int portNumber() {
    try {
      return port.port();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Returns the port of the workers. */
  public int port() {
    return portNumber();
  }

  /** Returns a future that completes when all workers have been ready at the same time. */
  public CompletableFuture<Void> started() {
    return started.copy();
  }

  /** Returns a future that completes when all processes have ended. */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /**
   * Replaces the workers, one after the other; a reload that is under way is not repeated. The
   * future fails if the workers are ending.
   */
  public CompletableFuture<Void> reload() {
    return loop.ask(
        done ->
            runningReload()
                .whenComplete(
                    (all, failure) -> {
                      if (failure == null) {
                        done.complete(null);
                      } else {
                        done.completeExceptionally(failure);
                      }
                    }));
  }

  private CompletableFuture<Void> runningReload() {
    CompletableFuture<Void> running = reload;
    if (running == null || running.isDone()) {
      report.info("Reload: the workers are replaced one by one");
      launch.discardSpare(); // it may have old classes
      running = replaceFrom(0);
      reload = running;
      running.whenComplete((all, failure) -> loop.run(this::prepareSpare));
    }
    return running;
  }

  private CompletableFuture<Void> replaceFrom(int id) {
    if (id == slots.size()) {
      return CompletableFuture.completedFuture(null);
    }
    if (closing) {
      return CompletableFuture.failedFuture(new IOException("the workers are ending"));
    }
    return slots.get(id).replace().thenCompose(done -> replaceFrom(id + 1));
  }

  /** Lets all workers read their certificates again. */
  public void reloadTls() {
    loop.run(() -> slots.forEach(slot -> slot.send("reloadTls")));
  }

  /** Returns the state of the workers. */
  public CompletableFuture<List<WorkerStatus>> status() {
    return loop.ask(all -> all.complete(slots.stream().map(WorkerSlot::status).toList()));
  }

  /** Returns the process id of the broker, or -1 if there is none. */
  public CompletableFuture<Long> brokerPid() {
    return loop.ask(pid -> pid.complete(broker == null ? -1 : broker.pid()));
  }

  /** Lets the workers disconnect their sockets and end, and the broker after them. */
  public CompletableFuture<Void> close() {
    loop.run(
        () -> {
          if (!closing) {
            closing = true;
            report.info("The workers are ending");
            launch.discardSpare();
            slots.forEach(WorkerSlot::close);
          }
        });
    return ended();
  }
}
