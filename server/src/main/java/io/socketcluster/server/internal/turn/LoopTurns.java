// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.turn;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lends the time of an event loop to work that may be long: packets of a socket beyond its share of
 * a turn, large messages, messages to inflate. All of it together gets half of the loop's time and
 * about a millisecond in one piece, so that what everybody else sends, and the handlers of a
 * machine with few processors, always have the other half. Work that has to wait is resumed in the
 * order in which it began to. Event loop only.
 */
public final class LoopTurns {
  /** Work that waits for its time. */
  @FunctionalInterface
  public interface Work {
    /** Continues, and asks {@link LoopTurns#lends} before each step. */
    void resume();

    /** The event loop has ended: the work releases whatever it keeps. Any thread, then. */
    default void abandon() {}
  }

  /** Runs a task on the event loop after this many nanoseconds, and after its next reads. */
  @FunctionalInterface
  public interface Timer {
    void schedule(Runnable task, long nanos);
  }

  private static final long MOST = TimeUnit.MICROSECONDS.toNanos(500);

  /** Less is not worth a wake-up. */
  private static final long LEAST_TO_RESUME = MOST / 2;

  /** Of two nanoseconds one can be lent. */
  private static final int SHARE = 2;

  private final Timer timer;
  private final LongSupplier clock;
  private final SlicedTasks newcomers;
  private final ArrayDeque<Work> waiting = new ArrayDeque<>();
  private @Nullable Work running; // what is done at the moment with time that was lent
  private long credit = MOST;
  private long at; // the time up to which the credit is counted
  private boolean scheduled;

  /**
   * Creates what lends the time of one event loop.
   *
   * @param clock tells nanoseconds, as {@link System#nanoTime} does
   */
  public LoopTurns(Timer timer, LongSupplier clock) {
    this.timer = timer;
    this.clock = clock;
    this.newcomers = new SlicedTasks(timer, clock);
    this.at = clock.getAsLong();
  }

  /** Returns what lets new connections in, a few in each turn. */
  public SlicedTasks newcomers() {
    return newcomers;
  }

  /**
   * Returns whether a step can be done now. If it can, the time from now until the next question or
   * {@link #done} is charged; if not, the work is resumed later.
   */
  @SuppressWarnings("ReferenceEquality") // work has no other equality
  public boolean lends(Work work) {
    count();
    boolean isNext = work == running || (running == null && waiting.isEmpty());
    if (isNext && credit > 0) {
      running = work;
      return true;
    }
    if (work == running) {
      running = null;
    }
    waiting.add(work);
    resumeLater();
    return false;
  }

  /** The work does not go on at the moment. Without effect when it has nothing that was lent. */
  @SuppressWarnings("ReferenceEquality") // work has no other equality
  public void done(Work work) {
    if (work == running) {
      count();
      running = null;
    }
  }

  /** Returns whether something is done with time that was lent. */
  public boolean isLending() {
    return running != null;
  }

  /** The event loop has ended, and nothing is resumed any more. */
  public void abandon() {
    Work next = waiting.poll();
    while (next != null) {
      next.abandon();
      next = waiting.poll();
    }
  }

  /** Charges what has passed to the work that runs, and adds what others have left. */
  private void count() {
    long now = clock.getAsLong();
    long passed = now - at;
    at = now;
    long earned = passed / SHARE;
    credit = Math.min(MOST, credit + (running == null ? earned : earned - passed));
  }

  private void resumeLater() {
    if (!scheduled) {
      scheduled = true;
      timer.schedule(this::resume, Math.max(0, LEAST_TO_RESUME - credit) * SHARE);
    }
  }

  private void resume() {
    scheduled = false;
    count();
    int turns = waiting.size(); // what begins to wait again has its turn after the others
    while (turns-- > 0 && credit > 0) {
      Work next = waiting.remove();
      running = next;
      try {
        next.resume();
      } finally {
        done(next);
        if (!waiting.isEmpty()) {
          resumeLater();
        }
      }
    }
    if (!waiting.isEmpty()) {
      resumeLater();
    }
  }
}
