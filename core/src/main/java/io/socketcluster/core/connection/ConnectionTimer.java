// SPDX-License-Identifier: MIT
package io.socketcluster.core.connection;

import java.time.Duration;

/** Runs something later on the thread that owns a connection. */
@FunctionalInterface
public interface ConnectionTimer {
  /** Runs {@code task} once after {@code delay}; the returned handle takes it back. */
  Timeout schedule(Duration delay, Runnable task);

  /** Takes a scheduled task back; without effect when it has run. */
  @FunctionalInterface
  interface Timeout {
    /** Cancels the task if it has not run. */
    void cancel();
  }
}
