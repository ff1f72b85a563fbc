// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.socketcluster.server.internal.memory.CountedBytes;
import io.socketcluster.server.internal.memory.SharedArrays;

/**
 * Sends the answers to the HTTP requests of one connection. A long body is sent in slices, the next
 * one when the client has taken the last, so that the system's copies of it stay small; its array
 * is charged to the connection meanwhile. Event loop only.
 */
final class AnswerSender {
  private static final int SLICE = 64 * 1024;

  private final CountedBytes account;
  private final SharedArrays shared;

  AnswerSender(CountedBytes account, SharedArrays shared) {
    this.account = account;
    this.shared = shared;
  }

  /**
   * Sends an answer.
   *
   * @return completes when the client has been sent all of it, or cannot be
   */
  ChannelFuture send(ChannelHandlerContext ctx, FullHttpResponse response, byte[] body) {
    if (response.content().readableBytes() <= SLICE) {
      return ctx.writeAndFlush(response);
    }
    ChannelPromise sent = ctx.newPromise();
    account.holds(shared.hold(body));
    sent.addListener(
        done -> {
          shared.release(body);
          account.holdsNoMore();
        });
    ctx.write(
        new DefaultHttpResponse(response.protocolVersion(), response.status(), response.headers()));
    sendSlice(ctx, response.content(), sent);
    return sent;
  }

  private static void sendSlice(ChannelHandlerContext ctx, ByteBuf rest, ChannelPromise sent) {
    ByteBuf slice = rest.readSlice(Math.min(SLICE, rest.readableBytes()));
    boolean isLast = !rest.isReadable();
    ctx.writeAndFlush(
            isLast ? new DefaultLastHttpContent(slice) : new DefaultHttpContent(slice.retain()))
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                if (!isLast) {
                  rest.release();
                }
                sent.tryFailure(written.cause());
              } else if (isLast) {
                sent.trySuccess();
              } else {
                sendSlice(ctx, rest, sent);
              }
            });
  }
}
