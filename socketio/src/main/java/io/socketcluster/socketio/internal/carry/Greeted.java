// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import io.netty.buffer.ByteBuf;
import io.socketcluster.http.sessions.Carrier;
import java.util.List;

/**
 * The session as its carriers need it. Event loop of the session only, but for {@link #execute} and
 * {@link #id}.
 */
public interface Greeted {
  /** Returns the session id. */
  String id();

  /** Runs a task on the event loop of the session. Any thread. */
  void execute(Runnable task);

  /** A connection is open: its carrier is attached, or about to be. */
  void attached();

  /** A connection is refused; a client that has no session id cannot return, and ends. */
  void refused();

  /** The connection of a carrier is lost; without effect when it carries no more. */
  void lost(Carrier carrier);

  /**
   * Puts the session id in the place of the first message.
   *
   * @return false when the client is refused: then nothing of it must be sent
   */
  boolean greet(List<ByteBuf> messages);

  /** Returns whether the client has been told its session id. */
  boolean isGreeted();

  /** Returns whether the socket has not taken all that came. */
  boolean isBehind();

  /**
   * Takes packets of the client.
   *
   * @param taken runs when the socket has taken them all
   */
  void received(List<byte[]> packets, Runnable taken);
}
