// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

/** Tells whether every consumer of the connection event is done with one connection. */
@FunctionalInterface
public interface ConnectionMark {
  /** Returns whether the event has been handled by every consumer that was there. */
  boolean isHandled();
}
