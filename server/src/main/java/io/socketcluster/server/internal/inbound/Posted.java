// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.socketcluster.protocol.Packet;
import java.util.List;

/** What waits for its turn in the order of a socket. */
public sealed interface Posted {
  /** Returns for how many bytes of messages it stands. */
  int size();

  /** A message that has not been decoded. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Message(byte[] bytes) implements Posted {
    @Override
    public int size() {
      return bytes.length;
    }
  }

  /**
   * What a message holds besides the answers, which were taken out of it.
   *
   * @param size that of the whole message, whose bytes the packets refer to
   */
  record Packets(List<Packet> packets, int size) implements Posted {}

  /** A place among the messages, and what to do when it is reached. */
  record Mark(Runnable reached) implements Posted {
    @Override
    public int size() {
      return 0;
    }
  }
}
