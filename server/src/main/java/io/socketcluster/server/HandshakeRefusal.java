// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** The reason for which a connection was refused its upgrade to WebSocket. */
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
  MEMORY_FULL,
  /** The server was closing; answered with 503. */
  CLOSING,
  /** Its {@code Origin} was not among {@code origins}; answered with 403. */
  BAD_ORIGIN,
  /** The request was no handshake of WebSocket version 13; answered with 400 or 426. */
  MALFORMED,
  /** The middleware blocked it; answered with 401. */
  BLOCKED
}
