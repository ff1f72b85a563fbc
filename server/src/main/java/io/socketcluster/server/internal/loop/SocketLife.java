// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import io.socketcluster.core.SocketState;
import io.socketcluster.core.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** The life of a socket as its parts see it. Event loop only, except {@link #state}. */
public interface SocketLife {
  /** Returns where the socket is in its life. Any thread. */
  SocketState state();

  /** Returns whether the socket has ended. Any thread. */
  default boolean isClosed() {
    return state() == SocketState.CLOSED;
  }

  /** Closes the socket and its connection; messages that wait to be sent are sent first. */
  void close(int code, @Nullable String reason);

  /** Returns the time that the deadlines of the socket go by. Any thread. */
  TimeSource time();

  /** A deadline of the socket has changed: the next sweep looks at it. */
  void sweepSoon();
}
