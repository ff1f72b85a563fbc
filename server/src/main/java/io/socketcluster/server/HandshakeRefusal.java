// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** Why a connection was refused before its handshake. */
public enum HandshakeRefusal {
  /** More came from its address than {@code addressHandshakeRate} allows: answered with 429. */
  RATE_LIMITED,
  /** As many wait as {@code handshakeQueueLimit} allows: answered with 503. */
  QUEUE_FULL,
  /** It waited longer than {@code handshakeTimeout} for its turn: answered with 503. */
  WAITED_TOO_LONG,
  /** The server keeps as much memory for its clients as {@code memoryLimit}: answered with 503. */
  MEMORY_FULL
}
