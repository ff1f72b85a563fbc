// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.server.internal.socket.SocketHost.ConnectionMark;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a socket's streams keep what nobody consumes yet: until the connection event has been
 * handled and a grace period is over, in which the threads that the handler started come to
 * consume. Event loop only.
 */
final class Retention {
  private static final ConnectionMark HANDLED = () -> true;
  private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LIMIT_NANOS = Duration.ofSeconds(10).toNanos();

  private @Nullable ConnectionMark connection;
  private long deadline;
  private boolean counting;
  private boolean over;

  /** The connection event was emitted, or will never be. */
  void begin(ConnectionMark mark, long now) {
    if (connection == null) {
      connection = mark;
      deadline = now + LIMIT_NANOS;
    }
  }

  /** The socket is closed: what it keeps is kept for as long again, whatever its age. */
  void beginAgain(long now) {
    over = false;
    begin(HANDLED, now);
    if (counting || now + GRACE_NANOS - deadline > 0) {
      deadline = now + GRACE_NANOS;
    }
  }

  /** Returns true once: when the time is over. */
  boolean ends(long now) {
    ConnectionMark mark = connection;
    if (over || mark == null) {
      return false;
    }
    if (!counting && mark.isHandled()) {
      counting = true;
      deadline = now + GRACE_NANOS;
    }
    over = now - deadline >= 0;
    if (over) {
      connection = HANDLED; // the mark knows the event
    }
    return over;
  }

  /** Returns in how many nanoseconds to look again: who handles the event does not tell. */
  long next(long now) {
    if (over || connection == null) {
      return SweepSchedule.NEVER;
    }
    return counting ? deadline - now : 0;
  }

  boolean isOver() {
    return over;
  }
}
