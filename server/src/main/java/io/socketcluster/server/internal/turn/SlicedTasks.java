// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.turn;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs the tasks of an event loop in their order, for half a millisecond in each of its turns: many
 * tasks at once delay nobody who sends something meanwhile. Unlike the work of {@link LoopTurns}
 * they are resumed after the next reads, so that a loop with nothing else to do loses no time.
 * Event loop only.
 */
public final class SlicedTasks {
  private static final long SLICE = TimeUnit.MICROSECONDS.toNanos(500);

  private final LoopTurns.Timer timer;
  private final LongSupplier clock;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private long left = SLICE; // of this turn
  private boolean scheduled;

  /**
   * Creates what runs the tasks of one event loop.
   *
   * @param clock tells nanoseconds, as {@link System#nanoTime} does
   */
  public SlicedTasks(LoopTurns.Timer timer, LongSupplier clock) {
    this.timer = timer;
    this.clock = clock;
  }

  /** Runs a task now, or in a later turn; returns whether it has run. */
  public boolean submit(Runnable task) {
    nextTurnLater();
    if (left <= 0 || !waiting.isEmpty()) {
      waiting.add(task);
      return false;
    }
    run(task);
    return true;
  }

  private void run(Runnable task) {
    long begun = clock.getAsLong();
    try {
      task.run();
    } finally {
      left -= clock.getAsLong() - begun;
    }
  }

  private void nextTurnLater() {
    if (!scheduled) {
      scheduled = true;
      timer.schedule(this::nextTurn, 0);
    }
  }

  private void nextTurn() {
    scheduled = false;
    left = SLICE;
    try {
      while (left > 0 && !waiting.isEmpty()) {
        run(waiting.remove());
      }
    } finally {
      if (!waiting.isEmpty()) {
        nextTurnLater();
      }
    }
  }
}
