// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.socketcluster.protocol.CloseCode;
import org.jspecify.annotations.Nullable;

/**
 * Hands on the messages of a connection, and answers what the WebSocket protocol wants answered.
 */
final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final int HIGHEST_CODE = 4999; // of those that RFC 6455 has a use for

  private final WebSocketConnection connection;
  private int code = CloseCode.HUNG_UP; // until the server says something else
  private @Nullable String reason;

  FrameHandler(WebSocketConnection connection) {
    this.connection = connection;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    switch (frame) {
      case PingWebSocketFrame ping -> pong(context, ping);
      case PongWebSocketFrame pong -> {}
      case CloseWebSocketFrame close -> close(context, close);
      default ->
          connection.received(
              ByteBufUtil.getBytes(frame.content()), frame instanceof BinaryWebSocketFrame);
    }
  }

  /** A server that does not read has no use for many pongs (RFC 6455, 5.5.3). */
  private static void pong(ChannelHandlerContext context, PingWebSocketFrame ping) {
    if (context.channel().isWritable()) {
      context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    }
  }

  private void close(ChannelHandlerContext context, CloseWebSocketFrame close) {
    int given = close.statusCode();
    if (given > HIGHEST_CODE) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.PROTOCOL_ERROR, "A close frame with the code " + given);
    }
    code = given < 0 ? CloseCode.NO_STATUS : given;
    reason = close.reasonText();
    if (connection.isClosing()) { // this is the answer to what was sent
      context.close();
    } else {
      connection.closeBehind(close.retain());
    }
    connection.ended(code, reason, null);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.ended(code, reason, null);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    int violation = violation(cause);
    if (violation == CloseCode.HUNG_UP) {
      context.close();
    } else {
      connection.closeBehind(CloseFrames.of(violation, null));
    }
    connection.ended(violation, null, cause);
  }

  /** Returns the code that tells the server what was wrong with its frame; 1006: nothing was. */
  private static int violation(Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      return CloseCode.MESSAGE_TOO_BIG;
    }
    return cause instanceof CorruptedWebSocketFrameException corrupted
        ? corrupted.closeStatus().code()
        : CloseCode.HUNG_UP;
  }
}
