// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the answer to the upgrade out of a pipeline: the container sends it, with what it adds to
 * every answer. Leaves the pipeline with the answer, because the bytes that follow are frames.
 * Event loop only.
 */
final class AnswerCatcher extends ChannelOutboundHandlerAdapter {
  private static final int LARGEST_BODY = 16 * 1024;

  private final Consumer<UpgradeAnswer> caught;
  private @Nullable EmbeddedChannel decoder =
      new EmbeddedChannel(new HttpResponseDecoder(), new HttpObjectAggregator(LARGEST_BODY));

  AnswerCatcher(Consumer<UpgradeAnswer> caught) {
    this.caught = caught;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    EmbeddedChannel target = decoder;
    if (target == null || !(message instanceof ByteBuf)) {
      ctx.write(message, promise);
      return;
    }
    target.writeInbound(message);
    FullHttpResponse response = target.readInbound();
    if (response != null) {
      decode(ctx, response);
    }
    promise.setSuccess();
  }

  private void decode(ChannelHandlerContext ctx, FullHttpResponse response) {
    UpgradeAnswer answer;
    try {
      answer = UpgradeAnswer.of(response);
    } finally {
      ReferenceCountUtil.release(response);
    }
    end();
    if (answer.isUpgrade()) {
      ctx.pipeline().remove(this);
    }
    caught.accept(answer);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (decoder != null) { // the channel is closed without an answer
      end();
      caught.accept(UpgradeAnswer.unavailable());
    }
  }

  private void end() {
    EmbeddedChannel ending = decoder;
    decoder = null;
    if (ending != null) {
      ending.finishAndReleaseAll();
    }
  }
}
