// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import java.time.Duration;

/** Counts the calls of a client that its handlers have not answered yet. Event loop only. */
final class UnansweredCalls {
  private final Duration ackTimeout;
  private final LoopTime time;
  private int received;
  private int answered;
  private long lastReceived;

  UnansweredCalls(Duration ackTimeout, LoopTime time) {
    this.ackTimeout = ackTimeout;
    this.time = time;
  }

  void received() {
    received++;
    lastReceived = time.atNextSweep();
  }

  void answered() {
    answered++;
  }

  /** Returns whether a client may still wait for an answer: it gives up after its ack timeout. */
  boolean isAny() {
    return received != answered && time.listened() - lastReceived < ackTimeout.toNanos();
  }
}
