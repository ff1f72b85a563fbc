// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.spi.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one socket, whatever transport it uses. Event loop only, except for the methods
 * that say otherwise. Frames that are sent in one turn of the event loop leave together.
 */
public interface Wire {
  /** Returns the event loop of the connection. Any thread. */
  EventLoop eventLoop();

  /** Returns the form of the messages. Any thread. */
  WireFormat format();

  /** Returns the admission that the connection has, or null if it does not matter any more. */
  @Nullable Admission admission();

  /** The handshake is complete: the admission counts for limits only. */
  void handshakeEnds();

  /** Sends an encoded message. */
  void send(byte[] message);

  /** Sends a message of the application, whatever the codec sends. */
  void sendAs(byte[] message, boolean binary);

  /** Sends the ping of protocol version 2. */
  void sendPing();

  /**
   * Sends a published frame and takes over one reference to it. The indices of the frame stay as
   * they are, so that wires can share it.
   *
   * @param rule what becomes of it if the peer is slow
   */
  void sendPublish(ByteBuf frame, WaitingRule rule);

  /**
   * Sends several published frames in one piece, which wires can share. Returns false, and sends
   * nothing, when some may have to be dropped: then each has to be sent by itself.
   *
   * @param rule what becomes of all of them if the peer is slow
   */
  boolean sendTogether(ByteBuf frames, WaitingRule rule);

  /** Returns whether frames wait because the peer is not reading fast enough. */
  default boolean hasBacklog() {
    return false;
  }

  /** Returns whether frames that came wait for their turn to be read. */
  default boolean hasUnread() {
    return false;
  }

  /** Runs a task once all frames that came have been read. */
  default void whenRead(Runnable task) {
    task.run();
  }

  /** Stops or starts reading from the peer: the transport holds it back. */
  void setReading(boolean reading);

  /** Stops reading because the peer is too fast, or no longer: whatever else stops it. */
  void setPaced(boolean paced);

  /** Counts a publish of this size that was dropped before it came here. */
  void dropped(int size);

  /** More waits for the peer than it may. The listener learns it in a later turn. */
  void overflow();

  /**
   * Sends what waits, says good-bye, and closes the connection when the peer has answered or its
   * time is over. Nothing is sent after this.
   *
   * @param code 1005: none
   */
  void close(int code, @Nullable String reason);

  /** Closes the connection at once. */
  void terminate();

  /** Returns how many frames wait for the peer to read them. Any thread. */
  int pendingFrames();

  /** Returns about how many bytes wait for the peer to read them. Any thread. */
  long pendingBytes();

  /**
   * Returns about how many bytes are kept in memory for the peer: to be read by it, and of a
   * message that has not come as a whole. A frame that others are sent, too, counts in part.
   */
  long heldBytes();

  /**
   * Releases all that is kept for the peer, once {@link #close} was called: what is not complete,
   * and what it does not read.
   */
  void letGo();
}
