// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.socketcluster.protocol.CloseCode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks for the upgrade (RFC 6455, 4.1), and gives way to frames when the server has agreed. */
final class UpgradeHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
  private static final int MAX_QUOTED = 200;

  private final Target target;
  private final WebSocketConnection connection;
  private final WebSocketClientHandshaker handshaker;

  UpgradeHandler(Target target, WebSocketConnection connection) {
    this.target = target;
    this.connection = connection;
    this.handshaker = new UpgradeRequest(target);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    handshaker
        .handshake(context.channel())
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
    if (answer.decoderResult().isFailure()) {
      Throwable cause = answer.decoderResult().cause();
      fail(context, new IOException("The answer to the upgrade cannot be read: " + cause, cause));
      return;
    }
    if (!answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      fail(context, new RefusedUpgradeException(quoted(answer)));
      return;
    }
    try {
      handshaker.finishHandshake(context.channel(), answer);
    } catch (WebSocketHandshakeException e) {
      fail(context, new IOException("The server answered the upgrade wrongly", e));
      return;
    }
    context
        .pipeline()
        .addLast(new WebSocketFrameAggregator(target.maxPayload()))
        .addLast(new FrameHandler(connection));
    context.pipeline().remove(this);
    connection.opened();
  }

  private static String quoted(FullHttpResponse answer) {
    String body = answer.content().toString(UTF_8).strip();
    String start = body.length() > MAX_QUOTED ? body.substring(0, MAX_QUOTED) + "…" : body;
    return start.isEmpty() ? answer.status().toString() : answer.status() + " (" + start + ")";
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
