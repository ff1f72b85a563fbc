// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.EventName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what happens to a socket, in the order in which it happens. That takes an executor
 * that runs at once, on the event loop: with threads of their own the streams are not in step.
 */
public final class EventLog {
  private static final Executor AT_ONCE = Runnable::run;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Throwable> errors = new CopyOnWriteArrayList<>();

  private EventLog() {}

  /** Begins to write down the life of the connection and the errors. */
  public static EventLog of(AGClientSocket socket) {
    EventLog log = new EventLog();
    log.on(socket, AGClientSocket.CONNECTING, event -> "connecting");
    log.on(socket, AGClientSocket.CONNECT, event -> "connect");
    log.on(socket, AGClientSocket.CONNECT_ABORT, event -> "connectAbort " + event.code());
    log.on(socket, AGClientSocket.DISCONNECT, event -> "disconnect " + event.code());
    log.on(socket, AGClientSocket.CLOSE, event -> "close " + event.code());
    log.on(socket, AGClientSocket.ERROR, event -> log.error(event.error()));
    return log;
  }

  private String error(Throwable error) {
    errors.add(error);
    return "error " + error.getClass().getSimpleName();
  }

  /** What becomes of an event in the log. */
  @FunctionalInterface
  public interface Line<E> {
    String of(E event);
  }

  public <E> void on(AGClientSocket socket, EventName<E> event, Line<E> line) {
    socket.listener(event).consume(item -> lines.add(line.of(item)), AT_ONCE);
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits until these are the lines. */
  public void await(String... expected) {
    Awaitility.await().untilAsserted(() -> assertThat(lines).startsWith(expected));
  }

  public List<Throwable> errors() {
    return List.copyOf(errors);
  }

  /** Returns the last error. */
  public Throwable error() {
    return errors.getLast();
  }

  /** Returns what lies behind an error at last. */
  public static Throwable rootOf(Throwable error) {
    @Nullable Throwable cause = error.getCause();
    return cause == null ? error : rootOf(cause);
  }
}
