// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a frame with one system call and no object, past a channel that has nothing else to send:
 * most messages leave alone. Event loop only.
 */
final class DirectSend {
  private DirectSend() {}

  /**
   * Returns the system's socket of a connection, or null when it has to be used through its
   * channel: with another transport, or when a handler such as that of TLS has its part in what
   * leaves.
   */
  @SuppressWarnings("ReferenceEquality") // of a place in the pipeline
  static @Nullable Socket socketOf(ChannelHandlerContext ctx) {
    boolean alone = ctx.pipeline().firstContext() == ctx;
    return alone
            && ctx.channel() instanceof EpollSocketChannel channel
            && channel.config().getSoLinger() < 0 // or else another thread may close it
            && channel.fd() instanceof Socket socket
        ? socket
        : null;
  }

  /**
   * Returns how many bytes of a frame the system has taken. None on a failure: the channel, which
   * is asked next, meets the same one.
   */
  static int send(Socket socket, ByteBuf frame) {
    if (!socket.isOpen() || !frame.hasMemoryAddress()) {
      return 0;
    }
    try {
      return socket.sendAddress(frame.memoryAddress(), frame.readerIndex(), frame.writerIndex());
    } catch (IOException e) {
      return 0;
    }
  }
}
