// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;

/**
 * Inflates the messages of one connection that came compressed. It stands behind what puts their
 * fragments together: a whole message needs no state until the next. Event loop only.
 */
final class MessageInflater extends ChannelInboundHandlerAdapter {
  private final Deflation deflation;
  private final int maxPayload;

  MessageInflater(Deflation deflation, int maxPayload) {
    this.deflation = deflation;
    this.maxPayload = maxPayload;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof WebSocketFrame frame && (frame.rsv() & WebSocketExtension.RSV1) != 0) {
      ctx.fireChannelRead(inflated(ctx, frame));
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private WebSocketFrame inflated(ChannelHandlerContext ctx, WebSocketFrame frame) {
    try {
      ByteBuf content = deflation.inflate(ctx.alloc(), frame.content(), maxPayload);
      return frame instanceof TextWebSocketFrame
          ? new TextWebSocketFrame(content)
          : new BinaryWebSocketFrame(content);
    } finally {
      frame.release();
    }
  }
}
