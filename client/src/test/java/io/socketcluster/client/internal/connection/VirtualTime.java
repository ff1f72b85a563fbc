// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.core.connection.ConnectionTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock and a timer whose time passes when the test says so. */
final class VirtualTime implements ConnectionTimer {
  private final List<Planned> planned = new ArrayList<>();
  private long now = 1_000_000_007; // of no meaning, as with System.nanoTime

  private record Planned(long at, Runnable task) {}

  long nanoTime() {
    return now;
  }

  @Override
  public Timeout schedule(Duration delay, Runnable task) {
    Planned entry = new Planned(now + delay.toNanos(), task);
    planned.add(entry);
    return () -> planned.remove(entry);
  }

  void pass(Duration duration) {
    long end = now + duration.toNanos();
    Optional<Planned> next = nextUntil(end);
    while (next.isPresent()) {
      planned.remove(next.get());
      now = Math.max(now, next.get().at());
      next.get().task().run();
      next = nextUntil(end);
    }
    now = end;
  }

  /** The machine sleeps: time passes, and no timer runs. */
  void sleep(Duration duration) {
    now += duration.toNanos();
  }

  private Optional<Planned> nextUntil(long end) {
    return planned.stream()
        .filter(entry -> entry.at() <= end)
        .min(Comparator.comparingLong(Planned::at));
  }

  int timers() {
    return planned.size();
  }
}
