// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** The reason for which a connection was refused before its handshake. */
public enum HandshakeRefusal {
  /** Its address exceeded {@code addressHandshakeRate}; answered with 429. */
  RATE_LIMITED,
  /** The queue was full ({@code handshakeQueueLimit}); answered with 503. */
  QUEUE_FULL,
  /** It was queued for longer than {@code handshakeTimeout}; answered with 503. */
  WAITED_TOO_LONG,
  /**
   * The server retained as much memory for its clients as {@code memoryLimit} allows; answered with
   * 503.
   */
  MEMORY_FULL
}
