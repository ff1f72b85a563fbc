// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.turn;

import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Does the same with each of many, in their order: the first few at once, and the others with the
 * time that {@link LoopTurns} lends. Event loop only.
 */
public final class Steps<T> implements LoopTurns.Work {
  /** More than most have, and little beside what a read costs. */
  public static final int SHARE = 32;

  private final LoopTurns turns;
  private final Iterator<T> each;
  private final Consumer<T> step;
  private final Runnable end;

  private Steps(LoopTurns turns, Iterator<T> each, Consumer<T> step, Runnable end) {
    this.turns = turns;
    this.each = each;
    this.step = step;
    this.end = end;
  }

  /**
   * Begins with the first.
   *
   * @param end is run after the last
   */
  public static <T> void take(LoopTurns turns, Iterable<T> all, Consumer<T> step, Runnable end) {
    Steps<T> steps = new Steps<>(turns, all.iterator(), step, end);
    for (int i = 0; i < SHARE && steps.each.hasNext(); i++) {
      step.accept(steps.each.next());
    }
    steps.resume();
  }

  @Override
  public void resume() {
    try {
      while (each.hasNext() && turns.lends(this)) {
        step.accept(each.next());
      }
    } finally {
      turns.done(this);
    }
    if (!each.hasNext()) {
      end.run();
    }
  }

  /** Nobody else uses what the steps change any more, so they need no time of the loop. */
  @Override
  public void abandon() {
    each.forEachRemaining(step);
    end.run();
  }
}
