// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import io.netty.channel.EventLoop;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.ResponsePacket;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket because the server closes, as soon as nothing of what it has accepted is left to
 * do: packets that wait, calls in both directions, what handlers have not handled, publishes on
 * their way to it. Packets that come after the beginning are not accepted any more. Event loop
 * only.
 */
final class SocketDrain {
  /**
   * The stock client of every age comes back at once after 4000, 4001 and 1005; but as 1005, an
   * empty close frame, reads 1000 in the WebSocket library of its versions 2 to 10, after which it
   * stays away. And 4001 is what a server says to a client that is gone.
   */
  static final int CODE = CloseCode.PING_TIMEOUT;

  static final String REASON = "Server is closing";

  private static final int FIRST_LOOK_MILLIS = 2;
  private static final int LONGEST_LOOK_MILLIS = 100;

  private final EventLoop loop;
  private final Drained socket;
  private boolean begun;
  private boolean refusing;

  /** The socket that is to close. */
  interface Drained {
    /** Returns where the socket is in its life. */
    SocketState state();

    /** Runs a task once all that has arrived so far has been dispatched. */
    void mark(Runnable reached);

    /** Returns whether nothing of what the socket has accepted is left to do. */
    boolean isDone();

    /** Closes the socket, with a code that here means no error. */
    void leave(int code, String reason);
  }

  SocketDrain(EventLoop loop, Drained socket) {
    this.loop = loop;
    this.socket = socket;
  }

  /** Begins; the socket closes now or later. */
  void begin() {
    if (begun || socket.state() == SocketState.CLOSED) {
      return;
    }
    begun = true;
    if (socket.state() == SocketState.CONNECTING) {
      close();
      return;
    }
    socket.mark(() -> refusing = true);
    look(FIRST_LOOK_MILLIS);
  }

  /** Closes whatever is left to do. */
  void close() {
    socket.leave(CODE, REASON);
  }

  /** Returns whether a packet came too late. Answers never do: a handler may wait for them. */
  boolean refuses(Packet packet) {
    return refusing && !(packet instanceof ResponsePacket);
  }

  private void look(int millis) {
    if (refusing && socket.isDone()) {
      close();
    } else {
      lookAgain(millis);
    }
  }

  private void lookAgain(int millis) {
    if (socket.state() != SocketState.CLOSED && !loop.isShuttingDown()) {
      loop.schedule(
          () -> look(Math.min(2 * millis, LONGEST_LOOK_MILLIS)), millis, TimeUnit.MILLISECONDS);
    }
  }
}
