// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import io.socketcluster.core.time.TimeSource;
import java.time.Duration;

/** A task that a virtual clock runs again and again, each time on a new virtual thread. */
final class VirtualRepetition implements TimeSource.Repetition {
  private final VirtualClock clock;
  private final String threadName;
  private final Duration pause;
  private final Runnable task;
  private volatile boolean closed;

  VirtualRepetition(VirtualClock clock, String threadName, Duration pause, Runnable task) {
    this.clock = clock;
    this.threadName = threadName;
    this.pause = pause;
    this.task = task;
    runLater();
  }

  private void runLater() {
    clock.runAt(
        clock.passed() + pause.toNanos(),
        run -> Thread.ofVirtual().name(threadName).start(run),
        this::run);
  }

  private void run() {
    if (!closed) {
      task.run();
      runLater();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
