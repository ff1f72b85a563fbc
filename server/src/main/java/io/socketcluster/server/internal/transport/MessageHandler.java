// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.internal.wire.ChannelWire;
import io.socketcluster.server.internal.wire.WireListener;
import io.socketcluster.server.spi.PeerEvent;
import io.socketcluster.server.spi.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a socket of a connection whose other handlers pass on whole messages, once it is admitted.
 * Event loop only.
 */
public final class MessageHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(MessageHandler.class);

  private final ConnectionAcceptor acceptor;
  private final AGEndpoint endpoint;
  private final WireFormat format;
  private final UpgradeRequest request;
  private final boolean binary;
  private final List<ByteBuf> early = new ArrayList<>(1); // what came before it is in
  private int earlyBytes;
  private @Nullable MessageEntry entry; // until it is in
  private @Nullable ChannelWire wire;
  private @Nullable WireListener listener;

  /**
   * @param binary whether messages are for a binary codec
   */
  public MessageHandler(
      ConnectionAcceptor acceptor,
      AGEndpoint endpoint,
      WireFormat format,
      UpgradeRequest request,
      boolean binary) {
    this.acceptor = acceptor;
    this.endpoint = endpoint;
    this.format = format;
    this.request = request;
    this.binary = binary;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      enter(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    enter(ctx);
    ctx.fireChannelActive();
  }

  private void enter(ChannelHandlerContext ctx) {
    if (entry == null && wire == null) {
      MessageEntry mine = new MessageEntry(acceptor, request, ctx, this::open);
      entry = mine;
      mine.enter();
    }
  }

  /** The connection is admitted: from now on there is a socket. */
  private void open(
      ChannelHandlerContext ctx, Admission admission, @Nullable PendingUpgrade upgrade) {
    entry = null;
    ChannelWire opened =
        new ChannelWire(
            ctx, acceptor.flusher(ctx.channel().eventLoop()), acceptor.options(), format);
    opened.admitted(admission);
    admission.awaitClient();
    wire = opened;
    WireListener target = acceptor.accept(request, endpoint, upgrade, opened);
    opened.bind(target);
    listener = target;
    early.forEach(message -> channelRead(ctx, message));
    early.clear();
    opened.startReading();
    ctx.pipeline().fireUserEventTriggered(new PeerEvent.Accepted(target.socket()));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ChannelWire from = wire;
    WireListener target = listener;
    if (message instanceof ByteBuf bytes && from == null) {
      keep(ctx, bytes);
      return;
    }
    try {
      if (from != null && target != null && message instanceof ByteBuf bytes) {
        from.onRead(bytes.readableBytes());
        read(from, target, bytes);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void keep(ChannelHandlerContext ctx, ByteBuf message) {
    early.add(message);
    earlyBytes += message.readableBytes();
    if (earlyBytes > EarlyFrames.LIMIT) {
      ctx.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
  }

  private void read(ChannelWire from, WireListener target, ByteBuf bytes) {
    if (from.isClosing()) {
      return;
    }
    if (bytes.readableBytes() > acceptor.options().maxPayload()) {
      closeWith(CloseCode.MESSAGE_TOO_BIG);
    } else {
      target.onMessage(ByteBufUtil.getBytes(bytes), binary);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    WireListener target = listener;
    if (target != null) {
      target.onReadComplete();
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ChannelWire mine = wire;
    if (mine != null) {
      mine.onWritabilityChanged();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    MessageEntry outside = entry;
    if (outside != null) {
      outside.leave();
    }
    ChannelWire mine = wire;
    if (mine != null) {
      mine.onInactive();
    }
    tellClosed(CloseCode.HUNG_UP);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    OutOfMemory.logIf(cause);
    LOG.debug("Connection {} failed", ctx.channel(), cause);
    if (wire == null || cause instanceof IOException) {
      ctx.close();
    } else if (cause instanceof TooLongFrameException) {
      closeWith(CloseCode.MESSAGE_TOO_BIG);
    } else {
      acceptor.onFailure("What a client sent could not be processed", cause);
      closeWith(CloseCode.INTERNAL_ERROR);
    }
  }

  /** Handles the {@code PeerEvent}s of the transport. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ChannelWire mine = wire;
    WireListener target = listener;
    if (mine != null && target != null && event instanceof PeerEvent told) {
      switch (told) {
        case PeerEvent.Heard heard -> target.onHeard();
        case PeerEvent.Left(int code, String reason) -> {
          mine.answerClose(code);
          target.onClose(code, reason);
        }
        case PeerEvent.Accepted accepted -> {}
        case PeerEvent.Refused refused -> {} // this one was taken in
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  private void closeWith(int code) {
    ChannelWire mine = wire;
    if (mine != null) {
      mine.close(code, CloseCode.reasonOf(code));
    }
    tellClosed(code);
  }

  private void tellClosed(int code) {
    WireListener target = listener;
    String reason = CloseCode.reasonOf(code);
    if (target != null) {
      target.onClose(code, reason == null || code == CloseCode.HUNG_UP ? "" : reason);
    }
  }
}
