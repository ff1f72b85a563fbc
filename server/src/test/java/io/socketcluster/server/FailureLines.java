// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.core.failures.FailureLog;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records what is logged about failures of the application, instead of printing it. */
final class FailureLines extends Handler implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(FailureLog.LOGGER);

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private FailureLines() {}

  static FailureLines record() {
    FailureLines lines = new FailureLines();
    LOGGER.addHandler(lines);
    LOGGER.setUseParentHandlers(false);
    return lines;
  }

  /** Returns each line: level, message and what was thrown, if its stack trace is there. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(@Nullable LogRecord entry) {
    if (entry != null) {
      Throwable thrown = entry.getThrown();
      String trace =
          thrown == null || thrown.getStackTrace().length == 0 ? "no trace" : "" + thrown;
      lines.add(entry.getLevel() + " " + entry.getMessage() + ": " + trace);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.setUseParentHandlers(true);
    LOGGER.removeHandler(this);
  }
}
