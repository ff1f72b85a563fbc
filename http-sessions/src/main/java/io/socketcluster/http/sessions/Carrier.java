// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Takes messages of a session to the client: the answer to one poll, a stream, or a WebSocket. The
 * session gives it one batch at a time. All methods are called on the event loop of the session.
 */
public interface Carrier {
  /** Returns whether it can take more than one batch: it is no poll. */
  boolean lasts();

  /**
   * Takes the next messages and their references. A carrier that can take more afterwards calls
   * {@link HttpSession#carried}; a poll, which cannot, calls {@link HttpSession#detach} first.
   */
  void send(List<ByteBuf> messages);

  /** Takes the last messages, which may be none, and ends the connection with this code. */
  void close(List<ByteBuf> messages, int code, String reason);

  /** Ends because another carrier takes its place or because nothing came for too long. */
  void release();

  /** Asks the client for a sign of life, if there is a way that needs no script of a page. */
  void probe();
}
