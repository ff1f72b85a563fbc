// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.websocket.Deflation;
import io.socketcluster.websocket.FrameReader;
import io.socketcluster.websocket.ProtocolViolation;
import io.socketcluster.websocket.Role;
import org.jspecify.annotations.Nullable;

/** Turns the frames of a server into messages, and ends the connection as the server wants it. */
final class FrameHandler extends ChannelInboundHandlerAdapter {
  private final WebSocketConnection connection;
  private final int maxPayload;
  private final @Nullable Deflation deflation; // null: nothing comes compressed
  private int code = CloseCode.HUNG_UP; // until the server says something else
  private @Nullable String reason;
  private @Nullable FrameReader reader;

  FrameHandler(WebSocketConnection connection, int maxPayload, @Nullable Deflation deflation) {
    this.connection = connection;
    this.maxPayload = maxPayload;
    this.deflation = deflation;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    Incoming incoming = new Incoming(context);
    reader = new FrameReader(Role.CLIENT, incoming, maxPayload, deflation != null);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      FrameReader frames = reader;
      if (frames != null && message instanceof ByteBuf bytes) {
        while (bytes.isReadable()) {
          readFrame(frames, bytes);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void readFrame(FrameReader frames, ByteBuf bytes) {
    if (connection.isClosing()) {
      frames.end();
    }
    try {
      frames.read(bytes);
    } catch (ProtocolViolation violation) {
      connection.closeBehind(violation.closeCode(), null);
      connection.ended(violation.closeCode(), null, violation);
    }
  }

  /** What is done with what comes. */
  private final class Incoming implements FrameReader.Sink {
    private final ChannelHandlerContext context;

    Incoming(ChannelHandlerContext context) {
      this.context = context;
    }

    @Override
    public void onMessage(byte[] message, boolean binary, boolean compressed) {
      byte[] whole =
          deflation != null && compressed
              ? deflation.inflate(context.alloc(), message, maxPayload)
              : message;
      connection.received(whole, binary);
    }

    /** A server that does not read has no use for many pongs (RFC 6455, 5.5.3). */
    @Override
    public void onPing(byte[] payload) {
      if (context.channel().isWritable()) {
        connection.pong(payload);
      }
    }

    @Override
    public void onPong() {}

    @Override
    public void onCloseFrame(int given, String text) {
      code = given;
      reason = text;
      if (connection.isClosing()) { // this is the answer to what was sent
        context.close();
      } else {
        connection.closeBehind(given, text);
      }
      connection.ended(given, text, null);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.ended(code, reason, null);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
    connection.ended(CloseCode.HUNG_UP, null, cause);
  }
}
