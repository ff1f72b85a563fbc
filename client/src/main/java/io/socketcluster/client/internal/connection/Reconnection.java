// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.protocol.CloseCode;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the socket connects again: {@code autoReconnectOptions} of SocketCluster. Event loop only,
 * but for the questions.
 */
final class Reconnection {
  private static final int FIRST_PERMANENT_CODE = 4500;

  private final ConnectionTimer timer;
  private final DoubleSupplier random;
  private final Runnable connect;
  private volatile int attempts;
  private volatile @Nullable Duration delay; // while an attempt is planned
  private ConnectionTimer.@Nullable Timeout planned;

  /**
   * @param random from 0 to 1
   * @param connect begins an attempt
   */
  Reconnection(ConnectionTimer timer, DoubleSupplier random, Runnable connect) {
    this.timer = timer;
    this.random = random;
    this.connect = connect;
  }

  /** Plans the next attempt after a close with this code, if there is to be one. */
  void plan(int code, AutoReconnectOptions options) {
    cancel();
    if (code == CloseCode.NORMAL || code >= FIRST_PERMANENT_CODE) {
      return;
    }
    int before = attempts;
    attempts = before + 1;
    Duration wait = before == 0 && isAtOnce(code) ? Duration.ZERO : delay(before, options);
    delay = wait;
    planned = timer.schedule(wait, connect);
  }

  /** A client that was asleep for a while comes back as soon as it wakes. */
  private static boolean isAtOnce(int code) {
    return code == CloseCode.PING_TIMEOUT
        || code == CloseCode.PONG_TIMEOUT
        || code == CloseCode.NO_STATUS;
  }

  private Duration delay(int failedAttempts, AutoReconnectOptions options) {
    double first =
        millis(options.initialDelay()) + millis(options.randomness()) * random.getAsDouble();
    double wait = first * Math.pow(options.multiplier(), failedAttempts);
    return Duration.ofMillis((long) Math.min(wait, millis(options.maxDelay())));
  }

  private static double millis(Duration duration) {
    return (double) duration.toMillis();
  }

  /** There is to be no attempt, or it has begun. */
  void cancel() {
    delay = null;
    ConnectionTimer.Timeout pending = planned;
    planned = null;
    if (pending != null) {
      pending.cancel();
    }
  }

  /** The socket is open. */
  void succeeded() {
    attempts = 0;
  }

  /** Returns how many attempts were planned since the socket was open. Any thread. */
  int attempts() {
    return attempts;
  }

  /** Returns how long the planned attempt waits in all, or null without one. Any thread. */
  @Nullable Duration delay() {
    return delay;
  }
}
