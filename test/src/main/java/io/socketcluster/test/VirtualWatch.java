// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import io.socketcluster.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Looks that a thread repeats by a virtual clock. While the thread finds nothing to do, and nothing
 * else is due, it moves the clock on by itself, which costs no change of threads.
 */
final class VirtualWatch implements TimeSource.Repetition {
  private final VirtualClock clock;
  private final Executor thread;
  private final long pause;
  private final BooleanSupplier look;
  private volatile boolean closed;

  VirtualWatch(VirtualClock clock, Executor thread, Duration pause, BooleanSupplier look) {
    this.clock = clock;
    this.thread = thread;
    this.pause = pause.toNanos();
    this.look = look;
    lookAt(next());
  }

  private long next() {
    return clock.passed() + pause;
  }

  private void lookAt(long moment) {
    clock.runAt(moment, thread, this::look);
  }

  private void look() {
    boolean found = false;
    do {
      found = !closed && look.getAsBoolean();
    } while (!found && !closed && clock.stepTo(next()));
    if (!closed) {
      lookAt(next());
    }
    if (!found) {
      clock.wasIdle();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
