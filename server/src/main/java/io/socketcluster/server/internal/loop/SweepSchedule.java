// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import java.util.Arrays;

/**
 * When each of many wants to be looked at next, in one array: to find those whose time has come
 * costs a walk through that, and through nothing of theirs. Each has a place, from 0 on without a
 * gap. Times are those of {@link System#nanoTime}. Event loop only.
 */
public final class SweepSchedule {
  /** In so many nanoseconds from now: not at all. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int FIRST_ROOM = 16;
  private static final long AT_ONCE = 0;

  private final long origin;
  private long[] due = new long[FIRST_ROOM]; // since the origin
  private int size;

  public SweepSchedule(long now) {
    origin = now;
  }

  /** Adds one at the end, which is due at once. */
  public void add() {
    if (size == due.length) {
      due = Arrays.copyOf(due, 2 * size);
    }
    due[size++] = AT_ONCE;
  }

  /** Removes one by moving the last to its place. */
  public void remove(int place) {
    due[place] = due[--size];
  }

  /** One of them is due at once. */
  void makeDue(int place) {
    due[place] = AT_ONCE;
  }

  /** All of them are due at once. */
  void makeAllDue() {
    Arrays.fill(due, 0, size, AT_ONCE);
  }

  /** One of them has its turn: it is not due until it says so. */
  public void take(int place) {
    due[place] = NEVER;
  }

  /** One of them is due in so many nanoseconds, or before if it has said so. */
  void makeDueIn(int place, long nanos, long now) {
    long since = now - origin;
    long time = nanos < NEVER - since ? since + nanos : NEVER;
    due[place] = Math.min(due[place], time);
  }

  /** Returns the last place below this one that is due, or -1. */
  int lastDueBelow(int place, long now) {
    long since = now - origin;
    int candidate = Math.min(place, size) - 1;
    while (candidate >= 0 && due[candidate] > since) {
      candidate--;
    }
    return candidate;
  }
}
