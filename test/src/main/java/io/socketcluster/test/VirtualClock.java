// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The time of a server and its clients in a test, which stands still until the test moves it. A
 * test asks for it by a parameter: see {@link SocketClusterExtension}. Without the extension, set
 * it as the option {@code timeSource} of servers and clients.
 *
 * <p>Deadlines, expiries and ages go by it: pings and ping timeouts, handshakes, answers to calls,
 * decisions of a middleware, tokens, revocations, rate limits, reconnections. Waits of a thread for
 * another stay real: batches, a closing server, and whatever the application itself waits for.
 * {@code docs/testing.md} lists both. Thread-safe.
 */
public final class VirtualClock implements TimeSource {
  private final long firstNanos = System.nanoTime();
  private final Instant firstInstant;
  private final ReentrantLock moving = new ReentrantLock();
  private final VirtualTimers timers = new VirtualTimers();
  private final Traffic traffic = new Traffic();
  private volatile long passed;
  private volatile long end; // of the advance that is under way
  private volatile boolean hasEffects; // of the last task that ran

  private VirtualClock(Instant begin) {
    firstInstant = begin;
  }

  /** Returns a clock that stands at the current second of the wall clock. */
  public static VirtualClock create() {
    return startingAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Returns a clock that stands at an instant. */
  public static VirtualClock startingAt(Instant begin) {
    return new VirtualClock(begin);
  }

  /**
   * Moves the time on, from one deadline to the next. Returns when everything that was due has run,
   * in the order of its time. What servers and clients of this clock sent each other at a deadline
   * has arrived before the next deadline, so a client that is there answers the pings of hours.
   *
   * <p>Effects that need more than that are not awaited: handlers of the application, a connection
   * that is being made, bytes that pass a {@link io.socketcluster.testkit.TcpRelay}. If a later
   * deadline depends on them, advance to the first deadline, await the effect, and advance further.
   *
   * <p>Blocks. Never call it from a handler that runs on an event loop.
   *
   * @throws InvalidArgumentsError if the time is negative
   * @throws AssertionError if a task that is due throws, or does not end within a minute
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new InvalidArgumentsError("time is " + time + "; allowed: 0 or more");
    }
    moving.lock();
    try {
      moveTo(passed + time.toNanos());
    } finally {
      moving.unlock();
    }
  }

  @GuardedBy("moving")
  private void moveTo(long target) {
    end = target;
    traffic.settle();
    for (VirtualTimer next = timers.takeUntil(end); next != null; next = timers.takeUntil(end)) {
      passed = Math.max(passed, next.at());
      hasEffects = true;
      next.runToItsEnd();
      if (hasEffects) {
        traffic.settle();
      }
    }
    passed = target;
  }

  /** Moves on within a task, if nothing else is due until then; returns whether it did. */
  boolean stepTo(long moment) {
    boolean isNext = moment <= end && !timers.areDueAt(moment);
    if (isNext) {
      passed = moment;
    }
    return isNext;
  }

  /** The task that runs has done nothing. */
  void wasIdle() {
    hasEffects = false;
  }

  @Override
  public Instant instant() {
    return firstInstant.plusNanos(passed);
  }

  @Override
  public long nanoTime() {
    return firstNanos + passed;
  }

  @Override
  public Future<?> schedule(ScheduledExecutorService thread, Duration delay, Runnable task) {
    traffic.flowsThrough(thread);
    return delay.isPositive()
        ? timers.add(passed + delay.toNanos(), thread, task)
        : thread.schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public Repetition repeat(String threadName, Duration pause, Runnable task) {
    return new VirtualRepetition(this, threadName, pause, task);
  }

  @Override
  public Repetition watch(ScheduledExecutorService thread, Duration pause, BooleanSupplier look) {
    traffic.flowsThrough(thread);
    return new VirtualWatch(this, thread, pause, look);
  }

  /** Returns the time since this clock was made. */
  long passed() {
    return passed;
  }

  void runAt(long moment, Executor thread, Runnable task) {
    timers.add(moment, thread, task);
  }

  /** Returns the time that this clock shows. */
  @Override
  public String toString() {
    return "VirtualClock at " + instant();
  }
}
