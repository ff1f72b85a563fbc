// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.server.HttpAnswer;

/** A request that opens a connection of a session. Event loop of the session only. */
public interface Opening {
  /** Attaches to an open session what carries its messages over this connection. */
  void carry(HttpSession session, Greeted greeted);

  /** There is no session. */
  void refuse(HttpAnswer answer);
}
