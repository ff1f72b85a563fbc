// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import io.socketcluster.workers.WorkerStatus;
import io.socketcluster.workers.WorkersEvent;
import io.socketcluster.workers.internal.log.LogEntry.Level;
import io.socketcluster.workers.internal.log.LogEntry.Origin;
import io.socketcluster.workers.internal.process.ExitStatus;
import io.socketcluster.workers.internal.supervisor.Child.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The place of one worker: its process, and the process that replaces it. Used on the supervisor's
 * loop.
 */
final class WorkerSlot implements Child.Owner {
  private final int id;
  private final SupervisorLoop loop;
  private final Launch launch;
  private final Report report;
  private final Listener listener;
  private final BackOff backOff = new BackOff(RandomGenerator.getDefault());
  private final MemoryLimit memoryLimit;
  private @Nullable Child current;
  private @Nullable Child next;
  private Traffic traffic = Traffic.NONE;
  private int starts;
  private boolean closing;
  private @Nullable Child replacement;
  private @Nullable CompletableFuture<Void> replaced;

  /** Learns what concerns all workers. */
  interface Listener {
    void ready(JsonNode message);

    /** A process could not be started, or has ended although it was not told to. */
    void died(String reason);

    void empty();
  }

  WorkerSlot(int id, SupervisorLoop loop, Launch launch, Report report, Listener listener) {
    this.id = id;
    this.loop = loop;
    this.launch = launch;
    this.report = report;
    this.listener = listener;
    this.memoryLimit = launch.memoryLimit();
  }

  /** Starts a process if there is none. */
  void start() {
    if (current == null && !closing) {
      current = launched();
      if (current == null) {
        startLater(Duration.ZERO);
      }
    }
  }

  private @Nullable Child launched() {
    try {
      starts++;
      return launch.worker(id, this);
    } catch (IOException e) {
      String reason = "worker " + id + " cannot be started: " + e.getMessage();
      fail(-1, reason);
      listener.died(reason);
      return null;
    }
  }

  private void startLater(Duration lived) {
    Duration wait = backOff.next(lived);
    if (!wait.isZero()) {
      report.warn("Worker " + id + " is started again in " + wait.toMillis() + " ms");
    }
    loop.later(wait, this::start);
  }

  /**
   * Starts a process beside the current one, which ends once the other is ready. If there is none,
   * the process takes the place at once.
   */
  CompletableFuture<Void> replace() {
    CompletableFuture<Void> running = replaced;
    if (running != null && !running.isDone()) {
      return running;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    replaced = done;
    replacement = launched();
    if (replacement == null) {
      done.completeExceptionally(new IOException("worker " + id + " cannot be started"));
    } else if (current == null) {
      current = replacement;
    } else {
      next = replacement;
    }
    return done;
  }

  /** Lets the processes end; nothing follows them. */
  void close() {
    closing = true;
    end(next);
    end(current);
    tellIfEmpty();
  }

  private void end(@Nullable Child child) {
    if (child != null) {
      child.end(launch.endLimit());
    }
  }

  void send(String type) {
    if (current != null) {
      current.send(type);
    }
  }

  boolean isReady() {
    return current != null && current.state() == State.READY;
  }

  boolean isEmpty() {
    return current == null && next == null;
  }

  private void tellIfEmpty() {
    if (closing && isEmpty()) {
      listener.empty();
    }
  }

  @Override
  public void message(Child child, JsonNode message) {
    String text = message.path("message").stringValue("");
    switch (message.path("type").stringValue("")) {
      case "ready" -> ready(child, message);
      case "status" -> status(child, message);
      case "fail" -> report.event(new WorkersEvent.Fail(name(), child.pid(), text));
      case "notice" -> {
        report.entry(Level.WARN, child.origin(), text);
        report.event(new WorkersEvent.Notice(name(), child.pid(), text));
      }
      default -> report.warn("Worker " + id + " sends an unknown message");
    }
  }

  private void ready(Child child, JsonNode message) {
    if (child.state() != State.STARTING) {
      return;
    }
    child.ready();
    report.info("Worker " + id + " is ready, process " + child.pid());
    report.event(new WorkersEvent.Worker(id, child.pid()));
    if (child == next) {
      Child old = current;
      current = child;
      next = null;
      traffic = Traffic.NONE;
      end(old);
    }
    finishReplacement(child, null);
    listener.ready(message);
  }

  private void status(Child child, JsonNode message) {
    if (child != current) {
      return;
    }
    traffic = traffic.next(message);
    if (next == null && isReady() && memoryLimit.isExceeded(traffic.memory())) {
      replaceTooLarge(child);
    }
  }

  private void replaceTooLarge(Child child) {
    String text =
        "Worker %d is replaced: its memory of %d bytes is above %d"
            .formatted(id, traffic.memory(), memoryLimit.bytes());
    report.warn(text);
    report.event(new WorkersEvent.Notice(name(), child.pid(), text));
    Duration pause = memoryLimit.replaced();
    if (!pause.isZero()) {
      report.warn("Worker " + id + " is not replaced again for " + pause.toMillis() + " ms");
    }
    replace();
  }

  /** Ends processes that have not been heard of for too long. */
  void watch() {
    watch(current);
    watch(next);
  }

  private void watch(@Nullable Child child) {
    if (child != null && child.isSilentFor(launch.silenceLimit(), launch.startLimit())) {
      fail(child.pid(), "Worker " + id + " shows no sign of life, and is killed");
      child.killAfterThreadDump();
    }
  }

  @Override
  public void ended(Child child, ExitStatus status) {
    boolean expected = closing || (child != current && child != next);
    report.event(new WorkersEvent.Exit(id, child.pid(), status.toString(), expected));
    if (expected) {
      report.info("Worker " + id + ", process " + child.pid() + ", has ended");
    } else {
      String end = "Worker " + id + ", process " + child.pid() + ", died: " + status;
      String all = end + launch.crash(child);
      report.error(all);
      report.event(new WorkersEvent.Fail(name(), child.pid(), all + Launch.lastWords(child)));
    }
    finishReplacement(child, status);
    if (child == current) {
      current = next;
      next = null;
      traffic = Traffic.NONE;
    } else if (child == next) {
      next = null;
    }
    if (!expected) {
      String when = child.isReadyOnce() ? "" : " before it was ready";
      listener.died("worker " + id + " ended" + when + ": " + status);
    }
    if (current == null && !closing && launch.isRebooting()) {
      startLater(child.isReadyOnce() ? child.age() : Duration.ZERO);
    }
    tellIfEmpty();
  }

  private void finishReplacement(Child child, @Nullable ExitStatus end) {
    CompletableFuture<Void> done = replaced;
    if (done == null || child != replacement) {
      return;
    }
    replacement = null;
    if (end == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(
          new IOException("the replacement of worker " + id + " ended: " + end));
    }
  }

  private void fail(long pid, String message) {
    report.error(message);
    report.event(new WorkersEvent.Fail(name(), pid, message));
  }

  private String name() {
    return "worker " + id;
  }

  WorkerStatus status() {
    Child child = current;
    String state = child == null ? "waiting" : child.state().name().toLowerCase(Locale.ROOT);
    return new WorkerStatus(
        id,
        child == null ? -1 : child.pid(),
        state,
        traffic.connections(),
        traffic.handshakes(),
        traffic.receivedPerSecond(),
        traffic.sentPerSecond(),
        traffic.memory(),
        Math.max(0, starts - 1),
        child == null || child.state() == State.STARTING ? Duration.ZERO : child.age());
  }

  static Origin origin(int id) {
    return new Origin("worker", id, -1);
  }
}
