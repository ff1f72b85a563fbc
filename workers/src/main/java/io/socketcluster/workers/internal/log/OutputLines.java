// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.workers.internal.log.LogEntry.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The lines that a process prints, as entries: the lines of a stack trace belong to the line before
 * them. Keeps the last lines for the report on a crash. Thread-safe.
 */
public final class OutputLines {
  private static final Pattern CONTINUED =
      Pattern.compile("\\s.*|Caused by: .*|\\.\\.\\. \\d+ (more|common frames omitted).*|");
  private static final Pattern ERROR =
      Pattern.compile(
          ".{0,120}\\b(ERROR|SEVERE|FATAL)\\b.*|Exception in thread .*|[\\w.$]+(Error|Exception)(:.*)?"
              + "|# .*");
  private static final Pattern WARN = Pattern.compile(".{0,120}\\b(WARN|WARNING)\\b.*");
  private static final Pattern DEBUG = Pattern.compile(".{0,120}\\b(DEBUG|TRACE)\\b.*");
  private static final int LONGEST_ENTRY = 32 * 1024;
  private static final int MOST_LAST = 20;

  private final BiConsumer<Level, String> entries;

  @GuardedBy("this")
  private final StringBuilder entry = new StringBuilder();

  @GuardedBy("this")
  private final Deque<String> last = new ArrayDeque<>();

  /** Creates lines whose entries go to a log. */
  public OutputLines(BiConsumer<Level, String> entries) {
    this.entries = entries;
  }

  /** Takes a line. */
  public synchronized void add(String line) {
    if (last.size() == MOST_LAST) {
      last.removeFirst();
    }
    last.addLast(line);
    boolean joins = entry.length() + line.length() < LONGEST_ENTRY && isContinued(line);
    if (entry.length() > 0 && joins) {
      entry.append('\n').append(line);
    } else {
      flush();
      entry.append(line);
    }
  }

  private static boolean isContinued(String line) {
    return CONTINUED.matcher(line).matches();
  }

  /** Passes on the entry whose further lines may still come. */
  public synchronized void flush() {
    if (entry.length() > 0) {
      String text = entry.toString();
      entry.setLength(0);
      if (!text.isBlank()) {
        entries.accept(level(text), text);
      }
    }
  }

  /** Returns the last lines. */
  public synchronized List<String> last() {
    return List.copyOf(last);
  }

  private static Level level(String text) {
    String first = text.lines().findFirst().orElse("");
    if (ERROR.matcher(first).matches()) {
      return Level.ERROR;
    }
    if (WARN.matcher(first).matches()) {
      return Level.WARN;
    }
    return DEBUG.matcher(first).matches() ? Level.DEBUG : Level.INFO;
  }
}
