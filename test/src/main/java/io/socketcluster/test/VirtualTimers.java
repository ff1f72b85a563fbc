// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The tasks of a virtual clock, in the order of their time, then of their submission. */
final class VirtualTimers {
  private record Entry(long at, long number, VirtualTimer timer) {}

  @GuardedBy("this")
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::number));

  @GuardedBy("this")
  private long count;

  synchronized VirtualTimer add(long at, Executor thread, Runnable task) {
    VirtualTimer timer = new VirtualTimer(at, thread, task, this::remove);
    entries.add(new Entry(at, count++, timer));
    return timer;
  }

  @SuppressWarnings("ReferenceEquality") // a future has no other equality
  private synchronized void remove(VirtualTimer cancelled) {
    entries.removeIf(entry -> entry.timer() == cancelled);
  }

  /** Takes the next task that is due by then; returns null if there is none. */
  synchronized @Nullable VirtualTimer takeUntil(long end) {
    return areDueAt(end) ? entries.remove().timer() : null;
  }

  synchronized boolean areDueAt(long moment) {
    Entry next = entries.peek();
    return next != null && next.at() <= moment;
  }
}
