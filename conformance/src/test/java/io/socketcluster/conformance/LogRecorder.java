// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records what this JVM logs above debug, and what it prints to its standard error, where the stack
 * traces of uncaught exceptions go, until it is closed. The tests log through {@code
 * java.util.logging}, in which debug is {@code FINE}.
 */
final class LogRecorder extends Handler implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream standardError = System.err;

  private LogRecorder() {
    setLevel(Level.CONFIG);
  }

  static LogRecorder start() {
    LogRecorder recorder = new LogRecorder();
    ROOT.addHandler(recorder);
    System.setErr(new PrintStream(recorder.printed, true, StandardCharsets.UTF_8));
    return recorder;
  }

  /** Returns what was recorded so far. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(logged);
    printed.toString(StandardCharsets.UTF_8).lines().forEach(lines::add);
    return lines;
  }

  @Override
  public void publish(@Nullable LogRecord entry) {
    if (entry != null && isLoggable(entry)) {
      logged.add(entry.getLevel() + " " + entry.getLoggerName() + ": " + entry.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    System.setErr(standardError);
    ROOT.removeHandler(this);
  }
}
