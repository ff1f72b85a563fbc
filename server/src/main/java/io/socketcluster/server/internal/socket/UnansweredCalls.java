// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import java.time.Duration;

/**
 * Counts the calls of a client that its handlers have not answered yet. It is told the time, it has
 * no clock. Event loop only.
 */
final class UnansweredCalls {
  private final long ackTimeoutNanos;
  private int received;
  private int answered;
  private int receivedAtSweep;
  private long lastReceived;

  UnansweredCalls(Duration ackTimeout, long now) {
    ackTimeoutNanos = ackTimeout.toNanos();
    lastReceived = now;
  }

  void received() {
    received++;
  }

  void answered() {
    answered++;
  }

  /** Notes about when the last call came, so that a call itself needs no clock. */
  void sweep(long now) {
    if (received != receivedAtSweep) {
      receivedAtSweep = received;
      lastReceived = now;
    }
  }

  /** Returns whether a client may still wait for an answer: it gives up after its ack timeout. */
  boolean isAny(long now) {
    sweep(now);
    return received != answered && now - lastReceived < ackTimeoutNanos;
  }
}
