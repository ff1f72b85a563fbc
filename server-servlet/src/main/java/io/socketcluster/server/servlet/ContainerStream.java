// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.IoEventLoop;
import java.io.IOException;

/**
 * The bytes of a connection that a servlet container has accepted and given away. Neither method
 * blocks. All are called on the event loop of the connection.
 */
interface ContainerStream {
  /** The bytes of one write, at most: the container keeps what the system does not take. */
  int LARGEST_WRITE = 64 * 1024;

  /** Learns of a connection. Any thread. */
  interface Listener {
    /** Bytes may have arrived, or the end of the stream. */
    void onReadable();

    /** The container takes bytes again. */
    void onWritable();

    /** The connection is lost, or the container gives it up. */
    void onClosed();
  }

  /**
   * Starts telling the listener. Called once.
   *
   * @param loop reads and writes the connection
   * @throws IOException if the connection is lost already
   */
  void open(IoEventLoop loop, Listener listener) throws IOException;

  /**
   * Reads bytes that have arrived.
   *
   * @return how many bytes; 0 if none have arrived, and then the listener learns of the next; -1 at
   *     the end of the stream
   */
  int read(ByteBuf into) throws IOException;

  /**
   * Writes the flushed messages of a channel and removes what the container took. If the container
   * did not take all, the listener learns when it takes more.
   */
  void write(ChannelOutboundBuffer from) throws IOException;

  /** Closes the connection. */
  void close();
}
