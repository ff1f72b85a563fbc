// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** What happens when more bytes wait for a socket than {@code outboundBufferLimit} allows. */
public enum SlowConsumerPolicy {
  /** The socket is closed with 4010; its client comes back and knows that it missed something. */
  DISCONNECT,
  /** The publishes that have waited longest are left out. */
  DROP_OLDEST,
  /** New publishes are left out until there is room. */
  DROP_NEWEST
}
