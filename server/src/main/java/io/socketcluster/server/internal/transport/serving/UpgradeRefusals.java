// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.socketcluster.server.HandshakeRefusal;

/** The answers to upgrades that are refused; the connection closes after each. */
public final class UpgradeRefusals {
  /** The stock client comes back after 10 to 20 seconds, whatever it is told. */
  static final int RETRY_AFTER_SECONDS = 10;

  private UpgradeRefusals() {}

  public static void closing(ChannelHandlerContext ctx) {
    send(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "The server is closing");
  }

  /** Names the version that is spoken (RFC 6455, 4.4). */
  public static void unsupportedVersion(ChannelHandlerContext ctx) {
    FullHttpResponse response = answer(ctx, HttpResponseStatus.UPGRADE_REQUIRED, "");
    response
        .headers()
        .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WebSocketVersion.V13.toHttpHeaderValue());
    send(ctx, response);
  }

  public static void send(ChannelHandlerContext ctx, HandshakeRefusal why) {
    FullHttpResponse response =
        switch (why) {
          case RATE_LIMITED ->
              answer(ctx, HttpResponseStatus.TOO_MANY_REQUESTS, "Too many connections");
          default -> answer(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "The server is busy");
        };
    response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    send(ctx, response);
  }

  public static void send(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
    send(ctx, answer(ctx, status, text));
  }

  private static FullHttpResponse answer(
      ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), text));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }

  /** Closes from here on: the HTTP stack of an application may stand behind, and keep it open. */
  private static void send(ChannelHandlerContext ctx, FullHttpResponse response) {
    ctx.writeAndFlush(response).addListener(sent -> ctx.close());
  }
}
