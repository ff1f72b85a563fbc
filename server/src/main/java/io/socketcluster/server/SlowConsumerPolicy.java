// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/**
 * The policy applied when more bytes are queued for a socket than {@code outboundBufferLimit}
 * allows.
 */
public enum SlowConsumerPolicy {
  /** The socket is closed with 4010. Its client reconnects and knows that it missed messages. */
  DISCONNECT,
  /** The oldest queued publishes are dropped. */
  DROP_OLDEST,
  /** New publishes are dropped until there is room. */
  DROP_NEWEST
}
