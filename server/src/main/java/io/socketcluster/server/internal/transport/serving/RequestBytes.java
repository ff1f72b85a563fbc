// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.socketcluster.server.internal.memory.CountedBytes;

/**
 * Counts what a connection keeps of its request until it is answered or upgraded: clients can send
 * half of a head, and wait. Event loop only.
 */
public final class RequestBytes extends ChannelDuplexHandler implements HttpStage {
  /** Arrays that grow with what comes are up to twice as large. */
  private static final int ROOM = 2;

  private final CountedBytes account;

  public RequestBytes(CountedBytes account) {
    this.account = account;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    int arrived = message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    ctx.fireChannelRead(message);
    if (!ctx.isRemoved()) {
      account.add(ROOM * arrived);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    account.clear();
    ctx.write(message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    account.clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    account.clear();
  }
}
