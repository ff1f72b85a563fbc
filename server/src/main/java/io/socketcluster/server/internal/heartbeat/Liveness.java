// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.heartbeat;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.loop.LoopTime;
import io.socketcluster.server.internal.loop.SweepSchedule;

/**
 * When a socket has to be pinged, and when it counts as gone. It is told the time, it has no clock.
 * Event loop only.
 */
public final class Liveness {
  /** What has to be done now. */
  enum Due {
    NOTHING,
    PING,
    PONG_TIMEOUT,
    HANDSHAKE_TIMEOUT
  }

  private final AGServerOptions options;
  private final boolean isWatched;
  private final LoopTime time;
  private long nextPing; // before the handshake that is an interval from the beginning
  private long lastHeard; // when the loop had listened for so long

  public Liveness(AGServerOptions options, LoopTime time, long now) {
    this(options, !options.pingTimeoutDisabled(), time, now);
  }

  /**
   * Makes one that may leave pings to the transport.
   *
   * @param isWatched whether the client is pinged, and counts as gone when it is silent
   */
  public Liveness(AGServerOptions options, boolean isWatched, LoopTime time, long now) {
    this.options = options;
    this.isWatched = isWatched;
    this.time = time;
    nextPing = now + options.pingInterval().toNanos();
    heard();
  }

  /** Returns how long the loop has listened: an answer that came in that time has been read. */
  public long listened() {
    return time.listened();
  }

  /** Returns the same for the next sweep. */
  long listenedAtNextSweep() {
    return time.atNextSweep();
  }

  /** The client sent something. */
  public void heard() {
    lastHeard = time.atNextSweep();
  }

  /**
   * Returns what is due.
   *
   * @param deaf whether reading is paused: then a pong cannot be heard and is not missed
   */
  public Due check(long now, boolean handshakeReceived, boolean deaf) {
    if (deaf) {
      heard();
    }
    if (!handshakeReceived) { // no ping: the pong would be a message before the handshake
      return untilHandshake(now) <= 0 ? Due.HANDSHAKE_TIMEOUT : Due.NOTHING;
    }
    if (!isWatched) {
      return Due.NOTHING;
    }
    if (untilGone() < 0) {
      return Due.PONG_TIMEOUT;
    }
    if (now - nextPing >= 0) {
      nextPing = now + options.pingInterval().toNanos();
      return Due.PING;
    }
    return Due.NOTHING;
  }

  /** Returns in how many nanoseconds something may be due, if nothing is heard until then. */
  public long next(long now, boolean handshakeReceived) {
    if (!handshakeReceived) {
      return untilHandshake(now);
    }
    return isWatched ? Math.min(nextPing - now, untilGone() + 1) : SweepSchedule.NEVER;
  }

  private long untilHandshake(long now) {
    long begin = nextPing - options.pingInterval().toNanos();
    return begin + options.handshakeTimeout().toNanos() - now;
  }

  private long untilGone() {
    return lastHeard + options.pingTimeout().toNanos() - time.listened();
  }
}
