// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.log;

import io.socketcluster.workers.internal.log.LogEntry.Level;
import io.socketcluster.workers.internal.log.LogEntry.Origin;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The central log: entries of all processes, in files as JSON lines, and printed. A thread of its
 * own writes, so that a slow terminal or disk delays nobody. Entries beyond a limit are dropped and
 * counted. Thread-safe.
 */
public final class CentralLog implements AutoCloseable {
  private static final int MOST_QUEUED = 10_000;
  private static final long POLL_MILLIS = 200;
  private static final long CLOSE_MILLIS = 5_000;

  private final BlockingQueue<LogEntry> queue = new ArrayBlockingQueue<>(MOST_QUEUED);
  private final LongAdder dropped = new LongAdder();
  private final LogFiles files;
  private final PrintStream console;
  private final Function<LogEntry, String> format;
  private final Level lowest;
  private final Thread writer = new Thread(this::writeAll, "socketcluster-log");
  private volatile boolean closing;

  private CentralLog(
      LogFiles files, PrintStream console, Function<LogEntry, String> format, Level lowest) {
    this.files = files;
    this.console = console;
    this.format = format;
    this.lowest = lowest;
  }

  /**
   * Opens the log.
   *
   * @param lowest the lowest level of the supervisor's own entries
   * @throws IOException if the file cannot be written
   */
  public static CentralLog open(
      Path file,
      long largest,
      int most,
      PrintStream console,
      Function<LogEntry, String> format,
      Level lowest)
      throws IOException {
    LogFiles files = new LogFiles(file, largest, most, console::println);
    CentralLog log = new CentralLog(files, console, format, lowest);
    log.writer.setDaemon(true);
    log.writer.start();
    return log;
  }

  /** Adds an entry. */
  public void add(Level level, Origin origin, String message) {
    if (origin.type().equals("supervisor") && level.compareTo(lowest) < 0) {
      return;
    }
    if (!queue.offer(LogEntry.now(level, origin, message))) {
      dropped.increment();
    }
  }

  private void writeAll() {
    boolean more = true;
    while (more) {
      try {
        LogEntry entry = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        more = entry != null || !closing;
        writeDropped();
        if (entry != null) {
          write(entry);
        }
      } catch (InterruptedException e) {
        more = false;
      }
    }
  }

  private void writeDropped() {
    long count = dropped.sumThenReset();
    if (count > 0) {
      Origin self = new Origin("supervisor", -1, ProcessHandle.current().pid());
      write(LogEntry.now(Level.WARN, self, count + " entries of the log were dropped"));
    }
  }

  private void write(LogEntry entry) {
    console.println(format.apply(entry));
    try {
      files.write(entry.toJson());
    } catch (IOException e) {
      console.println("The log cannot be written: " + e.getMessage());
    }
  }

  /** Writes what is queued, and closes the file. */
  @Override
  public void close() throws IOException {
    closing = true;
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    files.close();
  }
}
