// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A walk over all places of a {@link SweepSchedule} that are due, a few of them in each turn of the
 * event loop. Event loop only.
 */
final class SweepWalk {
  /** To close a socket, the longest that a place may take, costs some ten microseconds. */
  static final int SLICE = 64;

  private static final int OVER = -1;

  private final SweepSchedule schedule;
  private final Consumer<Runnable> nextTurn;
  private final IntConsumer look;
  private long now;
  private int place = OVER;

  /**
   * Prepares a walk.
   *
   * @param nextTurn runs a task after the next reads of the event loop
   * @param look is told the places, which it has taken
   */
  SweepWalk(SweepSchedule schedule, Consumer<Runnable> nextTurn, IntConsumer look) {
    this.schedule = schedule;
    this.nextTurn = nextTurn;
    this.look = look;
  }

  /**
   * Begins at the end, unless the last walk is not over yet: it is continued then. Returns whether
   * there is anything to look at.
   */
  boolean begin(long time) {
    if (place == OVER) {
      now = time;
      place = Integer.MAX_VALUE;
      return walk();
    }
    return true;
  }

  /** From the end: a place that is removed is taken by one that had its turn. */
  private boolean walk() {
    boolean isDue = false;
    for (int i = 0; i < SLICE && place != OVER; i++) {
      place = schedule.lastDueBelow(place, now);
      if (place != OVER) {
        isDue = true;
        schedule.take(place);
        look.accept(place);
      }
    }
    if (place != OVER) {
      nextTurn.accept(this::walk);
    }
    return isDue;
  }
}
