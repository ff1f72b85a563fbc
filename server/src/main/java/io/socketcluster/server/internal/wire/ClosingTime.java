// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/**
 * How long a connection may take to close. A peer that reads has what was sent before; one that
 * does not read, or does not answer, keeps no connection. The handlers of an HTTP stack that stay
 * behind the given one are not asked. Event loop only.
 */
final class ClosingTime {
  /** How many bytes are read meanwhile: the close frame of the peer may stand behind others. */
  static final int READ_LIMIT = 64 * 1024;

  /** How long the close frame may take to leave behind what waits for a slow reader. */
  static final int LEAVE_MILLIS = 5000;

  /** How long the peer may take to answer the close frame once it has left. */
  static final int ANSWER_MILLIS = 1000;

  private ClosingTime() {}

  /** Our close frame was written: the connection lasts until the peer answers it. */
  static void forAnswer(ChannelHandlerContext ctx, ChannelFuture closeFrame) {
    closeIn(LEAVE_MILLIS, ctx);
    closeFrame.addListener(
        left -> {
          if (left.isSuccess()) {
            closeIn(ANSWER_MILLIS, ctx);
          } else {
            ctx.close();
          }
        });
  }

  /** The peer has closed already: the connection lasts until the answer to that has left. */
  static void forLastFrame(ChannelHandlerContext ctx, ChannelFuture closeFrame) {
    closeFrame.addListener(left -> ctx.close());
    if (!closeFrame.isDone()) {
      closeIn(LEAVE_MILLIS, ctx);
    }
  }

  private static void closeIn(int millis, ChannelHandlerContext ctx) {
    ctx.channel().eventLoop().schedule(() -> ctx.close(), millis, TimeUnit.MILLISECONDS);
  }
}
