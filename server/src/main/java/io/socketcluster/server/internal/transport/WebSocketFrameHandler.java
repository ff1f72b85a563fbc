// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.limits.Admission;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the frames of one connection into calls of a {@link WireListener}. Event loop only. */
final class WebSocketFrameHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketFrameHandler.class);

  /** How long a client may take for its part of the handshake while others wait for theirs. */
  private static final long CLIENT_MILLIS = 250;

  private final ConnectionAcceptor acceptor;
  private final UpgradeRequest request;
  private final ServedEndpoint endpoint;
  private WireFormat format;
  private @Nullable WireConnection connection;
  private @Nullable WireListener listener;

  WebSocketFrameHandler(
      ConnectionAcceptor acceptor, UpgradeRequest request, ServedEndpoint endpoint) {
    this.acceptor = acceptor;
    this.request = request;
    this.endpoint = endpoint;
    this.format = endpoint.format();
  }

  /** Returns the request that the connection came with. */
  UpgradeRequest request() {
    return request;
  }

  /** Agrees to compress if the client offers it; returns the answer to that, or null. */
  @Nullable String negotiate(HttpHeaders headers) {
    WireFormat compressed = endpoint.compressed();
    if (compressed == null) {
      return null;
    }
    String answer = DeflateOffers.accept(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
    if (answer != null) {
      format = compressed;
    }
    return answer;
  }

  /** Adds itself behind a handler, and between them what makes messages of frames. */
  void addAfter(String name, ChannelPipeline pipeline, int maxPayload) {
    pipeline.addAfter(name, null, this);
    Deflation deflation = format.deflation();
    if (deflation != null) {
      pipeline.addAfter(name, null, new MessageInflater(deflation, maxPayload));
    }
    pipeline.addAfter(name, null, new WebSocketFrameAggregator(maxPayload));
    if (deflation != null) {
      pipeline.addAfter(name, null, new ReservedBits());
    }
  }

  /** The upgrade is complete: from now on there is a socket, unless the connection is gone. */
  boolean open(
      ChannelHandlerContext ctx, @Nullable PendingUpgrade upgrade, @Nullable Admission admission) {
    if (!ctx.channel().isActive()) {
      return false;
    }
    LoopFlusher flusher = acceptor.flusher(ctx.channel().eventLoop());
    WireConnection wire = new WireConnection(ctx, flusher, acceptor.options(), format);
    if (admission != null) {
      wire.admitted(admission);
      ctx.channel()
          .eventLoop()
          .schedule(admission::expectBegun, CLIENT_MILLIS, TimeUnit.MILLISECONDS);
    }
    WireListener target = acceptor.accept(request, endpoint, upgrade, wire);
    wire.bind(target);
    connection = wire;
    listener = target;
    return true;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (message instanceof ByteBuf early) {
      decodeEarly(ctx, early);
      return;
    }
    try {
      WireListener target = listener;
      WireConnection wire = connection;
      if (target != null && wire != null && message instanceof WebSocketFrame frame) {
        onFrame(frame, target, wire);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** What came in one read with the upgrade request was still in the HTTP decoder. */
  void decodeEarly(ChannelHandlerContext ctx, ByteBuf bytes) throws Exception {
    ChannelHandlerContext decoder = ctx.pipeline().context(WebSocket13FrameDecoder.class);
    if (decoder == null) {
      bytes.release();
    } else {
      ((ChannelInboundHandler) decoder.handler()).channelRead(decoder, bytes);
    }
  }

  private static void onFrame(WebSocketFrame frame, WireListener listener, WireConnection wire) {
    switch (frame) {
      case TextWebSocketFrame text ->
          listener.onMessage(ByteBufUtil.getBytes(text.content()), false);
      case BinaryWebSocketFrame data ->
          listener.onMessage(ByteBufUtil.getBytes(data.content()), true);
      case PingWebSocketFrame ping -> {
        listener.onHeard();
        wire.sendPong(ping.content());
      }
      case PongWebSocketFrame pong -> listener.onHeard();
      case CloseWebSocketFrame close -> {
        int code = close.statusCode() < 0 ? CloseCode.NO_STATUS : close.statusCode();
        wire.answerClose(code);
        listener.onClose(code, close.reasonText());
      }
      default -> LOG.debug("Ignored a frame of type {}", frame.getClass());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    WireConnection wire = connection;
    if (wire != null) {
      wire.onWritabilityChanged();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    WireConnection wire = connection;
    if (wire != null) {
      wire.onInactive();
    }
    closed(CloseCode.HUNG_UP, "");
    ctx.fireChannelInactive(); // the application may have handlers of its own behind
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Connection {} failed", ctx.channel(), cause);
    WireConnection wire = connection;
    if (wire == null || cause instanceof IOException) {
      ctx.close();
      return;
    }
    int code = closeCodeOf(cause);
    wire.close(code, CloseCode.reasonOf(code));
    closed(code, CloseCode.reasonOf(code));
  }

  private void closed(int code, @Nullable String reason) {
    WireListener target = listener;
    if (target != null) {
      target.onClose(code, reason == null ? "" : reason);
    }
  }

  private static int closeCodeOf(Throwable cause) {
    return switch (cause) {
      case CorruptedWebSocketFrameException corrupted -> corrupted.closeStatus().code();
      case TooLongFrameException tooLong -> CloseCode.MESSAGE_TOO_BIG;
      default -> CloseCode.INTERNAL_ERROR;
    };
  }
}
