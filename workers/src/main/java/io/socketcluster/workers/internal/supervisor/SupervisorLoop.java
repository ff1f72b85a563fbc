// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Map<Long, CompletableFuture<?>> asked = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  SupervisorLoop(Consumer<Throwable> failures) {
    this.failures = failures;
  }

  void run(Runnable task) {
    later(Duration.ZERO, task);
  }

  /** Runs a task after a delay; returns false if the supervisor has ended. */
  boolean later(Duration delay, Runnable task) {
    try {
      thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /**
   * Runs a task that completes the future which this method returns. The future fails if the
   * supervisor ends before.
   */
  <T> CompletableFuture<T> ask(Consumer<CompletableFuture<T>> task) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    long number = numbers.incrementAndGet();
    asked.put(number, answer); // before the task is queued: end() fails what it finds here
    answer.whenComplete((done, failure) -> asked.remove(number));
    if (!later(Duration.ZERO, () -> task.accept(answer))) {
      fail(answer);
    }
    return answer;
  }

  private static void fail(CompletableFuture<?> answer) {
    answer.completeExceptionally(new IOException("the workers have ended"));
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
    // This may be that thread, which is interrupted now.
    Thread.startVirtualThread(() -> asked.values().forEach(SupervisorLoop::fail));
  }
}
