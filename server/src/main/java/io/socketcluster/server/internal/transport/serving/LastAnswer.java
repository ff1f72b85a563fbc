// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.ssl.SslHandler;

/** The answer to a request that is not read to its end. Event loop only. */
public final class LastAnswer {
  private LastAnswer() {}

  /** Sends an answer; the connection closes soon. */
  public static void send(ChannelHandlerContext ctx, FullHttpResponse response) {
    ctx.writeAndFlush(response).addListener(sent -> linger(ctx, sent.isSuccess()));
  }

  /** Closed at once, the system would tell the client of its unread bytes, and not the answer. */
  private static void linger(ChannelHandlerContext ctx, boolean answered) {
    RequestDeadline deadline = ctx.pipeline().get(RequestDeadline.class);
    if (!answered || deadline == null) {
      ctx.close();
      return;
    }
    deadline.closesSoon(ctx.channel());
    if (ctx.channel() instanceof DuplexChannel channel
        && ctx.pipeline().get(SslHandler.class) == null) {
      channel.shutdownOutput();
    }
  }
}
