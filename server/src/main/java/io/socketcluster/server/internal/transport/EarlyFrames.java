// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.server.internal.memory.CountedBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands in the place of the HTTP decoder while an upgrade waits for its decision: what comes then
 * are frames already, sent without waiting for the answer, which it keeps. Past a bound it stops
 * reading. Event loop only.
 */
public final class EarlyFrames extends ChannelInboundHandlerAdapter {
  public static final int LIMIT = 64 * 1024;

  private final ChannelHandler decoder;
  private final CountedBytes account;
  private List<Object> kept = new ArrayList<>(1);
  private int bytes;
  private boolean paused;

  private EarlyFrames(ChannelHandler decoder, CountedBytes account) {
    this.decoder = decoder;
    this.account = account;
  }

  /**
   * Takes the place of the decoder, and what it has not decoded yet.
   *
   * @param account counts what is kept
   */
  public static EarlyFrames keep(ChannelPipeline pipeline, CountedBytes account) {
    boolean both = pipeline.get(HttpServerCodec.class) != null;
    Class<? extends ChannelHandler> known = both ? HttpServerCodec.class : HttpRequestDecoder.class;
    EarlyFrames early =
        new EarlyFrames(both ? new HttpServerCodec() : new HttpRequestDecoder(), account);
    ChannelHandler current = pipeline.get(known);
    if (current != null) {
      pipeline.replace(current, null, early);
    }
    return early;
  }

  /** Puts a decoder back and returns what was kept, with its references. */
  public List<Object> end(ChannelHandlerContext ctx) {
    List<Object> taken = kept;
    kept = List.of();
    if (ctx.pipeline().context(this) != null) {
      ctx.pipeline().replace(this, null, decoder);
    }
    if (paused) {
      ctx.channel().config().setAutoRead(true);
    }
    return taken;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf part)) {
      ctx.fireChannelRead(message); // the end of the request
      return;
    }
    kept.add(part);
    bytes += part.readableBytes();
    account.add(part.capacity()); // all of it is kept
    if (bytes > LIMIT && !paused) {
      paused = true;
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    account.clear();
    kept.forEach(ReferenceCountUtil::release);
    kept = List.of();
  }
}
