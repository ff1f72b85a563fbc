// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.order;

/** Counts the waiting messages of all channels. Not thread-safe. */
final class WaitingRoom {
  static final int MOST_MESSAGES = 10_000;
  static final long MOST_BYTES = 16L << 20;

  private int messages;
  private long bytes;

  boolean isFull() {
    return messages >= MOST_MESSAGES || bytes >= MOST_BYTES;
  }

  void enter(Received received) {
    messages++;
    bytes += received.bytes();
  }

  void leave(Received received) {
    messages--;
    bytes -= received.bytes();
  }
}
