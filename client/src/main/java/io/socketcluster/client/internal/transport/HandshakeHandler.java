// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.websocket.Deflation;
import io.socketcluster.websocket.HandshakeKey;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks for the upgrade (RFC 6455, 4.1), and gives way to frames when the server has agreed. */
final class HandshakeHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
  private final Target target;
  private final WebSocketConnection connection;
  private final String key = HandshakeKey.random();

  HandshakeHandler(Target target, WebSocketConnection connection) {
    this.target = target;
    this.connection = connection;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context
        .writeAndFlush(HandshakeRequest.of(target, key))
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                fail(context, sent.cause());
              }
            });
    context.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
    boolean compresses;
    try {
      compresses = HandshakeAnswer.check(answer, key, target.deflation() != null);
    } catch (IOException e) {
      fail(context, e);
      return;
    }
    openFrames(context.pipeline(), compresses ? target.deflation() : null);
  }

  /** The HTTP codec goes last: it hands on the frames that came with the answer. */
  private void openFrames(ChannelPipeline pipeline, @Nullable Deflation deflation) {
    HttpClientCodec codec = pipeline.get(HttpClientCodec.class);
    pipeline.addLast(new FrameHandler(connection, target.maxPayload(), deflation));
    pipeline.remove(HttpObjectAggregator.class);
    pipeline.remove(this);
    codec.removeOutboundHandler(); // it knows no frames
    connection.opened(deflation);
    pipeline.remove(codec);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.ended(CloseCode.HUNG_UP, null, null);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable reason = cause instanceof DecoderException ? cause.getCause() : null; // of TLS
    fail(context, reason == null ? cause : reason);
  }

  private void fail(ChannelHandlerContext context, @Nullable Throwable cause) {
    connection.ended(CloseCode.HUNG_UP, null, cause);
    context.close();
  }
}
