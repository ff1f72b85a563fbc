// SPDX-License-Identifier: MIT
package io.socketcluster.core.failures;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures with their stack traces through SLF4J, under {@link #LOGGER}. The other end of a
 * connection can repeat a failure as often as it likes, so every place where something fails has
 * one line at once and then one line a minute, which counts the lines that were left out. Never
 * throws. Thread-safe.
 */
public final class FailureLog {
  /** The name of the logger. */
  public static final String LOGGER = "io.socketcluster.failures";

  /** How many places are told apart; all others together count as one place. */
  static final int MAX_PLACES = 256;

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final Place ELSEWHERE = new Place("elsewhere", "", null);

  private final LongSupplier nanoTime;
  private final Map<Place, Window> windows = new ConcurrentHashMap<>(2);

  /** Where a failure happened: in which part of the program, and at which instruction. */
  private record Place(String event, String failure, @Nullable StackTraceElement instruction) {
    static Place of(String event, Throwable failure) {
      StackTraceElement[] trace = failure.getStackTrace();
      return new Place(event, failure.getClass().getName(), trace.length == 0 ? null : trace[0]);
    }
  }

  /** The minute of a place. */
  private static final class Window {
    private boolean begun; // all fields are guarded by the monitor of the window
    private long start;
    private long leftOut;

    /** Returns how many lines were left out before the line to write now, or -1 to write none. */
    synchronized long enter(long now) {
      if (begun && now - start < INTERVAL.toNanos()) {
        leftOut++;
        return -1;
      }
      long before = leftOut;
      begun = true;
      start = now;
      leftOut = 0;
      return before;
    }
  }

  /** Creates a log that has written nothing yet. */
  public FailureLog() {
    this(System::nanoTime);
  }

  FailureLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Returns whether a failure leaves the JVM in doubt: it ran out of memory or stack, or a class is
   * missing. Such a failure is logged whoever else learns of it.
   */
  public static boolean isSevere(Throwable failure) {
    return isSevereItself(failure) || isSevereItself(failure.getCause());
  }

  private static boolean isSevereItself(@Nullable Throwable failure) {
    return failure instanceof VirtualMachineError || failure instanceof LinkageError;
  }

  /**
   * Logs a failure at WARN, a {@linkplain #isSevere severe} one at ERROR.
   *
   * @param event what happened; no client may have a part in this sentence, for it is part of what
   *     makes a place
   * @param failure is logged with its stack trace
   */
  public void log(String event, Throwable failure) {
    try {
      long leftOut = windowOf(Place.of(event, failure)).enter(nanoTime.getAsLong());
      if (leftOut >= 0) {
        write(event + countOf(leftOut), failure);
      }
    } catch (Throwable unloggable) { // the logger itself failed, and nobody is left to tell
      return;
    }
  }

  private Window windowOf(Place place) {
    Window known = windows.get(place);
    if (known != null) {
      return known;
    }
    Place kept = windows.size() < MAX_PLACES ? place : ELSEWHERE;
    return windows.computeIfAbsent(kept, each -> new Window());
  }

  private static void write(String sentence, Throwable failure) {
    if (isSevere(failure)) {
      LOG.error(sentence, failure);
    } else {
      LOG.warn(sentence, failure);
    }
  }

  private static String countOf(long leftOut) {
    return leftOut == 0 ? "" : " (and " + leftOut + " more times since the last such line)";
  }
}
