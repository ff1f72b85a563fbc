// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import io.socketcluster.workers.internal.log.LogEntry.Level;
import io.socketcluster.workers.internal.log.LogEntry.Origin;
import io.socketcluster.workers.internal.log.OutputLines;
import io.socketcluster.workers.internal.process.ExitStatus;
import io.socketcluster.workers.internal.process.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A child process of the supervisor, from its start to its end. Used on the supervisor's loop; what
 * the process says comes there.
 */
final class Child {
  private static final Duration FLUSH = Duration.ofMillis(100);
  private static final Duration THREAD_DUMP = Duration.ofSeconds(1);

  private final SupervisorLoop loop;
  private final Origin origin;
  private final JavaProcess process;
  private final OutputLines lines;
  private State state = State.STARTING;
  private long startedAt = System.nanoTime();
  private long lastReport = startedAt;
  private boolean heard;
  private boolean readyOnce;
  private boolean hung;

  /** The life of a process. */
  enum State {
    STARTING,
    READY,
    ENDING,
    ENDED
  }

  /** Learns about a process, on the supervisor's loop. */
  interface Owner {
    void message(Child child, JsonNode message);

    void ended(Child child, ExitStatus status);
  }

  private Child(SupervisorLoop loop, Origin origin, JavaProcess process, LogSink log) {
    this.loop = loop;
    this.origin = origin;
    this.process = process;
    this.lines = new OutputLines((level, text) -> log.entry(level, origin, text));
  }

  /**
   * Lets a process that waits for its first message begin.
   *
   * @param name its type and number, without a process id
   * @param log takes what the process prints, on any thread
   */
  static Child start(
      SupervisorLoop loop,
      JavaProcess process,
      ObjectNode first,
      Origin name,
      LogSink log,
      Owner owner) {
    Origin origin = new Origin(name.type(), name.id(), process.pid());
    Child child = new Child(loop, origin, process, log);
    process.follow(first, child.new FromProcess(owner));
    return child;
  }

  /** Takes entries of the log. */
  interface LogSink {
    void entry(Level level, Origin origin, String message);
  }

  /**
   * Brings messages to the loop. Lines go straight to the log: a process may print faster than the
   * loop works, and must neither delay the signs of life nor fill the memory.
   */
  private final class FromProcess implements JavaProcess.Listener {
    private final Owner owner;
    private final AtomicBoolean flushing = new AtomicBoolean();

    FromProcess(Owner owner) {
      this.owner = owner;
    }

    @Override
    public void message(JsonNode message) {
      loop.run(
          () -> {
            heardFrom();
            owner.message(Child.this, message);
          });
    }

    @Override
    public void line(String line) {
      lines.add(line);
      if (flushing.compareAndSet(false, true)) {
        loop.later(FLUSH, this::flush);
      }
    }

    private void flush() {
      flushing.set(false);
      lines.flush();
    }

    @Override
    public void exited(ExitStatus status) {
      lines.flush();
      loop.run(
          () -> {
            state = State.ENDED;
            owner.ended(Child.this, status);
          });
    }
  }

  private void heardFrom() {
    lastReport = System.nanoTime();
    heard = true;
  }

  Origin origin() {
    return origin;
  }

  long pid() {
    return origin.pid();
  }

  State state() {
    return state;
  }

  void ready() {
    state = State.READY;
    readyOnce = true;
    startedAt = System.nanoTime();
  }

  /** Returns whether the process has ever been ready. */
  boolean isReadyOnce() {
    return readyOnce;
  }

  /** Returns the time since the process was ready, or since its start before that. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** Returns the last lines that the process has printed. */
  List<String> lastLines() {
    return lines.last();
  }

  void send(String type) {
    process.send(JsonNodeFactory.instance.objectNode().put("type", type));
  }

  /** Lets the process end by itself, and ends it at once after a limit. */
  void end(Duration limit) {
    if (state != State.ENDED) {
      state = State.ENDING;
      send("end");
      loop.later(limit, this::kill);
    }
  }

  void kill() {
    if (state != State.ENDED) {
      process.kill();
    }
  }

  /** Returns, once, that nothing was heard for too long. */
  boolean isSilentFor(Duration limit, Duration first) {
    Duration silence = Duration.ofNanos(System.nanoTime() - lastReport);
    if (hung || state == State.ENDED || silence.compareTo(heard ? limit : first) < 0) {
      return false;
    }
    hung = true;
    return true;
  }

  /** Ends a process that is hung; what its threads do goes to the log before. */
  void killAfterThreadDump() {
    try {
      new ProcessBuilder("kill", "-QUIT", Long.toString(pid())).start();
    } catch (IOException e) {
      // without the threads, then
    }
    loop.later(THREAD_DUMP, this::kill);
  }
}
