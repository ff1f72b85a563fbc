// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.server.internal.loop.SweepSchedule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a socket's streams keep what nobody consumes yet: until the connection event has been
 * handled and a grace period is over, in which the threads that the handler started come to
 * consume. Event loop only.
 */
public final class RetentionClock {
  private static final ConnectionMark HANDLED = () -> true;
  private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LIMIT_NANOS = Duration.ofSeconds(10).toNanos();

  private @Nullable ConnectionMark connection;
  private long deadline;
  private boolean counting;

  /** The connection event was emitted, or will never be. */
  public void begin(ConnectionMark mark, long now) {
    if (connection == null) {
      connection = mark;
      deadline = now + LIMIT_NANOS;
    }
  }

  /** The socket is closed: what it keeps is kept for as long again, whatever its age. */
  public void beginAgain(long now) {
    begin(HANDLED, now);
    if (counting || now + GRACE_NANOS - deadline > 0) {
      deadline = now + GRACE_NANOS;
    }
  }

  /** Returns whether the time is over. */
  public boolean ends(long now) {
    ConnectionMark mark = connection;
    if (mark == null) {
      return false;
    }
    if (!counting && mark.isHandled()) {
      counting = true;
      deadline = now + GRACE_NANOS;
    }
    return now - deadline >= 0;
  }

  /** Returns in how many nanoseconds to look again: nobody tells when the event is handled. */
  public long next(long now) {
    if (connection == null) {
      return SweepSchedule.NEVER;
    }
    return counting ? deadline - now : 0;
  }
}
