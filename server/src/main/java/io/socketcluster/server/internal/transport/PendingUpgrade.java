// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

/** An upgrade that somebody above the transport decides about. */
@FunctionalInterface
public interface PendingUpgrade {
  /** The connection is gone; no decision is of use any more. Called on the event loop. */
  void abandon();
}
