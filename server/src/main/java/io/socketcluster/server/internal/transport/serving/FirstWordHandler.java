// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.server.internal.transport.FirstWords;
import java.util.Arrays;
import java.util.List;

/**
 * Answers a connection that begins with one of the first words, and closes it. It leaves the
 * pipeline as soon as the bytes are something else. Event loop only.
 */
public final class FirstWordHandler extends ChannelInboundHandlerAdapter {
  private final List<FirstWords.Word> words;
  private ByteBuf came = Unpooled.EMPTY_BUFFER;
  private boolean isAnswered;

  public FirstWordHandler(List<FirstWords.Word> words) {
    this.words = words;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (isAnswered || !(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message);
      return;
    }
    came = came.isReadable() ? Unpooled.wrappedBuffer(came, bytes) : bytes;
    byte[] begin = ByteBufUtil.getBytes(came);
    boolean mayFollow = false;
    for (FirstWords.Word word : words) {
      if (Arrays.equals(begin, word.request())) {
        answer(ctx, word.answer());
        return;
      }
      mayFollow |= isBeginOf(word.request(), begin);
    }
    if (!mayFollow) {
      ctx.pipeline().remove(this);
    }
  }

  private static boolean isBeginOf(byte[] word, byte[] begin) {
    return begin.length < word.length
        && Arrays.equals(word, 0, begin.length, begin, 0, begin.length);
  }

  private void answer(ChannelHandlerContext ctx, byte[] answer) {
    isAnswered = true;
    came.release();
    came = Unpooled.EMPTY_BUFFER;
    ctx.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(ChannelFutureListener.CLOSE);
  }

  /** Hands on what has come, for it is HTTP, or the connection has ended. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    ByteBuf rest = came;
    came = Unpooled.EMPTY_BUFFER;
    if (!rest.isReadable()) {
      rest.release();
    } else if (ctx.channel().isActive()) {
      ctx.fireChannelRead(rest);
    } else {
      rest.release();
    }
  }
}
