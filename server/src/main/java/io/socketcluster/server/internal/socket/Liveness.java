// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.server.AGServerOptions;

/**
 * When a socket has to be pinged, and when it counts as gone. It is told the time, it has no clock.
 * Event loop only.
 */
final class Liveness {
  /** What has to be done now. */
  enum Due {
    NOTHING,
    PING,
    PONG_TIMEOUT,
    HANDSHAKE_TIMEOUT
  }

  private final boolean disabled;
  private final long pingIntervalNanos;
  private final long pingTimeoutNanos;
  private final long handshakeDeadline;
  private long nextPing;
  private long lastHeard;
  private boolean heard;

  Liveness(AGServerOptions options, long now) {
    disabled = options.pingTimeoutDisabled();
    pingIntervalNanos = options.pingInterval().toNanos();
    pingTimeoutNanos = options.pingTimeout().toNanos();
    handshakeDeadline = now + options.handshakeTimeout().toNanos();
    nextPing = now + pingIntervalNanos;
    lastHeard = now;
  }

  /** The client sent something. Costs nothing: the time is noted by the next {@link #check}. */
  void heard() {
    heard = true;
  }

  /**
   * Returns what is due.
   *
   * @param deaf whether reading is paused: then a pong cannot be heard and is not missed
   */
  Due check(long now, boolean handshakeReceived, boolean deaf) {
    if (heard || deaf) {
      heard = false;
      lastHeard = now;
    }
    if (!handshakeReceived) { // no ping: the pong would be a message before the handshake
      return now - handshakeDeadline >= 0 ? Due.HANDSHAKE_TIMEOUT : Due.NOTHING;
    }
    if (disabled) {
      return Due.NOTHING;
    }
    if (now - lastHeard > pingTimeoutNanos) {
      return Due.PONG_TIMEOUT;
    }
    if (now - nextPing >= 0) {
      nextPing = now + pingIntervalNanos;
      return Due.PING;
    }
    return Due.NOTHING;
  }
}
