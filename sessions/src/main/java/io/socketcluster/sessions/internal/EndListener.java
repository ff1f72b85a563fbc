// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.sessions.SessionEnd;

/** Learns of the ends of sessions. */
public interface EndListener {
  /** Returns whether anybody wants to know. Called often, by any thread. */
  boolean isListening();

  /** A session has ended. Called on any thread that holds no lock. */
  void ended(SessionEnd end);
}
