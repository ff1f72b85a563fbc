// SPDX-License-Identifier: MIT
package io.socketcluster.core.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The clocks of this machine, and the timers of the threads themselves. */
final class SystemTime implements TimeSource {
  static final TimeSource INSTANCE = new SystemTime();

  private SystemTime() {}

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Future<?> schedule(ScheduledExecutorService thread, Duration delay, Runnable task) {
    return thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public Repetition watch(ScheduledExecutorService thread, Duration pause, BooleanSupplier look) {
    long nanos = pause.toNanos();
    Future<?> looks =
        thread.scheduleWithFixedDelay(
            () -> {
              boolean unused = look.getAsBoolean();
            },
            nanos,
            nanos,
            TimeUnit.NANOSECONDS);
    return () -> looks.cancel(false);
  }

  @Override
  public Repetition repeat(String threadName, Duration pause, Runnable task) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread.ofVirtual().name(threadName).start(() -> repeat(ended, pause, task));
    return ended::countDown;
  }

  private static void repeat(CountDownLatch ended, Duration pause, Runnable task) {
    try {
      while (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        task.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
