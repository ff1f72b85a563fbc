// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The thread that owns the state of a supervisor. Tasks are run one after the other. */
final class SupervisorLoop {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "socketcluster-supervisor");
            made.setDaemon(true);
            return made;
          });
  private final Consumer<Throwable> failures;

  SupervisorLoop(Consumer<Throwable> failures) {
    this.failures = failures;
  }

  void run(Runnable task) {
    later(Duration.ZERO, task);
  }

  void later(Duration delay, Runnable task) {
    try {
      thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // the supervisor has ended
    }
  }

  void every(Duration interval, Runnable task) {
    thread.scheduleWithFixedDelay(
        () -> guarded(task), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      failures.accept(failure);
    }
  }

  void end() {
    thread.shutdownNow();
  }
}
