// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.core.connection.ConnectionTimer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices when the server has been silent for too long. Every message counts as a sign of life; a
 * timer is set once for each timeout, not for each sign. Event loop only.
 */
final class PingWatch {
  private final ConnectionTimer timer;
  private final LongSupplier nanoTime;
  private final Runnable onSilence;
  private long timeoutNanos;
  private long lastSign;
  private ConnectionTimer.@Nullable Timeout check; // while this watches

  PingWatch(ConnectionTimer timer, LongSupplier nanoTime, Runnable onSilence) {
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.onSilence = onSilence;
  }

  /** Begins to watch, or goes on with another timeout. */
  void watch(Duration timeout) {
    stop();
    timeoutNanos = timeout.toNanos();
    heard();
    checkAfter(timeoutNanos);
  }

  void heard() {
    lastSign = nanoTime.getAsLong();
  }

  /** Returns whether the server has been silent for too long, though no timer could say so yet. */
  boolean isStale() {
    return check != null && silence() >= timeoutNanos;
  }

  void stop() {
    ConnectionTimer.Timeout pending = check;
    check = null;
    if (pending != null) {
      pending.cancel();
    }
  }

  private void checkAfter(long nanos) {
    check = timer.schedule(Duration.ofNanos(nanos), this::check);
  }

  private void check() {
    if (isStale()) {
      stop();
      onSilence.run();
    } else {
      checkAfter(timeoutNanos - silence());
    }
  }

  private long silence() {
    return nanoTime.getAsLong() - lastSign;
  }
}
