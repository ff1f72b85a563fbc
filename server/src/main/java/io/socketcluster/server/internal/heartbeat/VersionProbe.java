// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.heartbeat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How far a client has been asked for its form of pings, one after the other. */
final class VersionProbe {
  /** From the first form to the last is at most half of the time in which a client wants a ping. */
  private static final int WAITS_PER_TIMEOUT = 4;

  /**
   * Clients up to 14 want their first ping within their {@code ackTimeout}, 10 s, if they take no
   * notice of what the handshake tells them. It is also more than a round trip takes anywhere.
   */
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(2500);

  /** While a call of the client waits for the answer. */
  private static final long IMPATIENT_WAIT = TimeUnit.SECONDS.toNanos(1);

  private final long wait;
  private @Nullable PingForm asked;
  private long since;
  private boolean isOver;
  private boolean isGivenUp;
  private @Nullable Runnable waiting;

  /** Makes one that asks for its first form when half of the time is over, or before. */
  VersionProbe(long now, Duration pingTimeout) {
    long quarter = pingTimeout.toNanos() / WAITS_PER_TIMEOUT;
    wait = Math.min(quarter, LONGEST_WAIT);
    since = now + 2 * quarter - wait;
  }

  boolean hasAsked(PingForm form) {
    return asked != null && form.compareTo(asked) <= 0;
  }

  /** Returns the form that was asked for last, or null when none was. */
  @Nullable PingForm asked() {
    return asked;
  }

  void ask(PingForm form, long now) {
    asked = form;
    since = now;
  }

  /** What was asked last may have been answered, but is not read at the moment. */
  void postpone(long now) {
    if (asked != null && waiting == null) { // what waits for the answer may keep it from being read
      since = now;
    }
  }

  /** Returns in how many nanoseconds what was asked last counts as not answered. */
  long left(long now) {
    return since + (waiting == null ? wait : Math.min(wait, IMPATIENT_WAIT)) - now;
  }

  /** All forms have been asked for, and none was answered. */
  void end() {
    isOver = true;
  }

  boolean isOver() {
    return isOver;
  }

  /** Nothing can be answered any more. */
  void giveUp() {
    isOver = true;
    isGivenUp = true;
  }

  boolean isGivenUp() {
    return isGivenUp;
  }

  void whenOver(Runnable task) {
    waiting = task;
  }

  /** Runs what waits for the version, if anything does. */
  void runWaiting() {
    Runnable task = waiting;
    waiting = null;
    if (task != null) {
      task.run();
    }
  }
}
