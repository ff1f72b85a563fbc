// SPDX-License-Identifier: MIT
package io.socketcluster.core.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A timer whose clock the test moves. */
final class FakeTimer implements ConnectionTimer {
  private final List<Scheduled> scheduled = new ArrayList<>();
  private Duration now = Duration.ZERO;

  private record Scheduled(Duration due, Runnable task) {}

  @Override
  public Timeout schedule(Duration delay, Runnable task) {
    Scheduled entry = new Scheduled(now.plus(delay), task);
    scheduled.add(entry);
    return () -> scheduled.remove(entry);
  }

  void advance(Duration by) {
    now = now.plus(by);
    for (Scheduled entry : List.copyOf(scheduled)) {
      if (entry.due().compareTo(now) <= 0) {
        scheduled.remove(entry);
        entry.task().run();
      }
    }
  }

  int pending() {
    return scheduled.size();
  }
}
