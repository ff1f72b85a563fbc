// SPDX-License-Identifier: MIT
package io.socketcluster.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/**
 * The time that a server or a client goes by: the wall clock, a clock that is never set, and timers
 * that follow that clock. Deadlines, expiries and ages go by it. Waits for other threads of the
 * same process do not.
 *
 * <p>An application uses {@link #system}, which is the default of the options {@code timeSource}. A
 * test may use the {@code VirtualClock} of the module {@code socketcluster-test}. Thread-safe.
 */
public interface TimeSource extends InstantSource {
  /** Returns the clocks and timers of this machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** Returns the time on the wall. Token expiries are instants of this clock. */
  @Override
  Instant instant();

  /**
   * Returns nanoseconds since an arbitrary moment, as {@link System#nanoTime} does. The value is
   * never set back, and only differences of two values have a meaning.
   */
  long nanoTime();

  /**
   * Runs a task once on a thread when a time has passed on this clock. A thread that has ended runs
   * no task.
   *
   * @param thread the executor of that thread, for example an event loop
   * @param delay zero or negative to run the task as soon as possible
   * @return a handle whose {@code cancel(false)} takes the task back
   */
  Future<?> schedule(ScheduledExecutorService thread, Duration delay, Runnable task);

  /**
   * Looks after something on a thread, again and again, until the returned handle is closed.
   *
   * @param thread the executor of that thread, for example an event loop
   * @param pause the time before the first look, and between the end of a look and the next look
   * @param look returns whether there was anything to do. A clock that jumps from one deadline to
   *     the next need not wait for the effects of a look that returns false
   */
  Repetition watch(ScheduledExecutorService thread, Duration pause, BooleanSupplier look);

  /**
   * Runs a task again and again on a virtual thread until the returned handle is closed. The task
   * must not throw, because an exception ends the repetition.
   *
   * @param threadName the name of the thread
   * @param pause the time before the first run, and between the end of a run and the next run
   */
  Repetition repeat(String threadName, Duration pause, Runnable task);

  /** A task that runs again and again. */
  @FunctionalInterface
  interface Repetition extends AutoCloseable {
    /** Lets no further run begin, and returns at once. A run that has begun goes on. */
    @Override
    void close();
  }
}
