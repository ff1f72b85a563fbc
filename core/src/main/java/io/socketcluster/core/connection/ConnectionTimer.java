// SPDX-License-Identifier: MIT
package io.socketcluster.core.connection;

import io.socketcluster.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/** Runs something later on the thread that owns a connection. */
@FunctionalInterface
public interface ConnectionTimer {
  /** Returns the timer of a thread that goes by a clock. */
  static ConnectionTimer of(TimeSource time, ScheduledExecutorService thread) {
    return (delay, task) -> {
      Future<?> timer = time.schedule(thread, delay, task);
      return () -> timer.cancel(false);
    };
  }

  /** Runs {@code task} once after {@code delay}; the returned handle takes it back. */
  Timeout schedule(Duration delay, Runnable task);

  /** Takes a scheduled task back; without effect when it has run. */
  @FunctionalInterface
  interface Timeout {
    /** Cancels the task if it has not run. */
    void cancel();
  }
}
