// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.upgrade;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.OutOfMemory;
import io.socketcluster.server.internal.transport.PendingUpgrade;
import io.socketcluster.server.internal.transport.ServedEndpoint;
import io.socketcluster.server.internal.transport.WebSocketFormat;
import io.socketcluster.server.internal.wire.ChannelWire;
import io.socketcluster.server.internal.wire.LoopFlusher;
import io.socketcluster.server.internal.wire.WireListener;
import io.socketcluster.websocket.DeflateAgreement;
import io.socketcluster.websocket.Deflation;
import io.socketcluster.websocket.FrameReader;
import io.socketcluster.websocket.FrameWriter;
import io.socketcluster.websocket.ProtocolViolation;
import io.socketcluster.websocket.Role;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the frames of one connection into calls of a {@link WireListener}. Event loop only. */
final class WebSocketFrameHandler extends ChannelInboundHandlerAdapter
    implements ChannelWire.PartialInput {
  /** More than a well-behaved client sends in one turn, and little beside what a read costs. */
  static final int SHARE = 32;

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketFrameHandler.class);

  private final ConnectionAcceptor acceptor;
  private final UpgradeRequest request;
  private final ServedEndpoint endpoint;
  private WebSocketFormat format;
  private @Nullable ChannelWire connection;
  private @Nullable WireListener listener;
  private @Nullable FrameReader reader;
  private @Nullable UnreadFrames unread; // beyond the share of a turn

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
    WebSocketFormat compressed = endpoint.compressed();
    if (compressed == null) {
      return null;
    }
    String answer =
        DeflateAgreement.accept(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
    if (answer != null) {
      format = compressed;
    }
    return answer;
  }

  /** The upgrade is complete: from now on there is a socket, unless the connection is gone. */
  boolean open(
      ChannelHandlerContext ctx, @Nullable PendingUpgrade upgrade, @Nullable Admission admission) {
    if (!ctx.channel().isActive()) {
      return false;
    }
    LoopFlusher flusher = acceptor.flusher(ctx.channel().eventLoop());
    ChannelWire wire = new ChannelWire(ctx, flusher, acceptor.options(), format);
    if (admission != null) {
      wire.admitted(admission);
      admission.awaitClient();
    }
    acceptor.onOpen(ctx.channel());
    WireListener target = acceptor.accept(request, endpoint.settings(), upgrade, wire);
    wire.bind(target);
    connection = wire;
    listener = target;
    int maxPayload = acceptor.options().maxPayload();
    boolean isCompressed = format.deflation() != null;
    Incoming incoming = new Incoming(this, ctx, target, wire);
    reader = new FrameReader(Role.SERVER, incoming, maxPayload, isCompressed);
    wire.readBy(this);
    return true;
  }

  /** What spoke HTTP is gone. */
  void upgraded() {
    ChannelWire wire = connection;
    if (wire != null) {
      wire.upgraded();
    }
  }

  /** A pipeline of the application may have read no further than the request. */
  void startReading() {
    ChannelWire wire = connection;
    if (wire != null) {
      wire.startReading();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      FrameReader target = reader;
      ChannelWire wire = connection;
      if (target != null && wire != null && message instanceof ByteBuf bytes) {
        int arrived = bytes.readableBytes();
        wire.onRead(arrived);
        read(ctx, wire, target, bytes);
        grew(arrived);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public int heldBytes() {
    FrameReader from = reader;
    UnreadFrames later = unread;
    return (from == null ? 0 : from.heldBytes()) + (later == null ? 0 : later.heldBytes());
  }

  @Override
  public boolean hasUnread() {
    return unread != null;
  }

  @Override
  public void whenRead(Runnable task) {
    UnreadFrames later = unread;
    if (later == null) {
      task.run();
    } else {
      later.whenCaughtUp(task);
    }
  }

  private void setUnread(ChannelWire wire, @Nullable UnreadFrames frames) {
    unread = frames;
    wire.setBehind(frames != null);
  }

  @Override
  public void letGo() {
    FrameReader from = reader;
    if (from != null) {
      from.letGo();
    }
    UnreadFrames later = unread;
    if (later != null) {
      later.letGo();
    }
  }

  /** Frames beyond the share wait, and those that come behind them. */
  private void read(ChannelHandlerContext ctx, ChannelWire wire, FrameReader from, ByteBuf bytes) {
    UnreadFrames before = unread;
    if (before != null) {
      before.add(bytes.retain());
      return;
    }
    readShare(ctx, wire, from, bytes);
    if (bytes.isReadable()) {
      UnreadFrames later =
          new UnreadFrames(
              acceptor.turns(ctx.channel().eventLoop()), new Later(this, ctx, wire, from));
      later.add(bytes.retain());
      later.proceed();
      if (!later.isEmpty()) {
        setUnread(wire, later);
      }
    }
  }

  private void readShare(
      ChannelHandlerContext ctx, ChannelWire wire, FrameReader from, ByteBuf bytes) {
    for (int i = 0; i < SHARE && bytes.isReadable(); i++) {
      readFrame(ctx, wire, from, bytes);
    }
  }

  /** A failure concerns one frame: whether the next ones can be read, the reader knows. */
  private void readFrame(
      ChannelHandlerContext ctx, ChannelWire wire, FrameReader from, ByteBuf bytes) {
    if (wire.isClosing()) {
      from.end();
    }
    try {
      from.read(bytes);
    } catch (RuntimeException e) {
      exceptionCaught(ctx, e);
    }
  }

  /** Whole messages are counted where they are kept. */
  private void grew(int bytes) {
    WireListener target = listener;
    if (target != null && (heldBytes() > 0)) {
      target.onGrew(bytes);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    startTurn();
    ctx.fireChannelReadComplete();
  }

  private void startTurn() {
    WireListener target = listener;
    if (target != null) {
      target.onReadComplete();
    }
  }

  /** What is done with frames beyond the share of a turn. */
  private record Later(
      WebSocketFrameHandler handler, ChannelHandlerContext ctx, ChannelWire wire, FrameReader from)
      implements UnreadFrames.Reader {
    @Override
    public void readShare(ByteBuf bytes) {
      handler.startTurn();
      handler.readShare(ctx, wire, from, bytes);
    }

    @Override
    public void caughtUp() {
      handler.setUnread(wire, null);
    }
  }

  /** What is done with what comes. */
  private record Incoming(
      WebSocketFrameHandler handler,
      ChannelHandlerContext ctx,
      WireListener listener,
      ChannelWire wire)
      implements FrameReader.Sink {
    @Override
    public void onMessage(byte[] message, boolean binary, boolean compressed) {
      Deflation deflation = compressed ? handler.format.deflation() : null;
      if (deflation == null) {
        listener.onMessage(message, binary);
      } else {
        int maxPayload = handler.acceptor.options().maxPayload();
        listener.onCompressed(
            new DeflatedMessage(message, binary, deflation, maxPayload, ctx.alloc(), this::failed));
      }
    }

    private void failed(RuntimeException failure) {
      handler.exceptionCaught(ctx, failure);
    }

    @Override
    public void onPing(byte[] payload) {
      listener.onHeard();
      wire.sendFrame(FrameWriter.SERVER.pong(ctx.alloc(), payload));
    }

    @Override
    public void onPong() {
      listener.onHeard();
    }

    @Override
    public void onCloseFrame(int code, String reason) {
      wire.answerClose(code);
      listener.onClose(code, reason);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ChannelWire wire = connection;
    if (wire != null) {
      wire.onWritabilityChanged();
    }
  }

  /** Whatever came before the end counts, though it may wait to be read. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ChannelWire wire = connection;
    if (wire != null) {
      whenRead(() -> hungUp(wire));
    }
    ctx.fireChannelInactive(); // the application may have handlers of its own behind
  }

  private void hungUp(ChannelWire wire) {
    wire.onInactive();
    closed(CloseCode.HUNG_UP, "");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    OutOfMemory.logIf(cause);
    ChannelWire wire = connection;
    if (wire == null || cause instanceof IOException) {
      LOG.debug("Connection {} failed", ctx.channel(), cause);
      ctx.close();
      return;
    }
    int code = closeCodeOf(cause);
    if (code == CloseCode.INTERNAL_ERROR) {
      acceptor.onFailure("What a client sent could not be processed", cause);
    } else {
      LOG.debug("Connection {} failed", ctx.channel(), cause);
    }
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
    return cause instanceof ProtocolViolation violation
        ? violation.closeCode()
        : CloseCode.INTERNAL_ERROR;
  }
}
