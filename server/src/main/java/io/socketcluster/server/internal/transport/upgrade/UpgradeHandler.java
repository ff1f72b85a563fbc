// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.upgrade;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.http.RequestPath;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.internal.memory.CountedBytes;
import io.socketcluster.server.internal.memory.LoopMemory;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.EarlyFrames;
import io.socketcluster.server.internal.transport.PendingUpgrade;
import io.socketcluster.server.internal.transport.RequestDescription;
import io.socketcluster.server.internal.transport.ServedEndpoint;
import io.socketcluster.server.internal.transport.serving.UpgradeRefusals;
import io.socketcluster.server.internal.turn.SlicedTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes the WebSocket upgrades for the server's endpoints and lets everything else pass, so that it
 * can stand in any HTTP pipeline behind an {@code HttpServerCodec}. One for each channel; event
 * loop only.
 */
public final class UpgradeHandler extends ChannelInboundHandlerAdapter {
  private final ConnectionAcceptor acceptor;
  private boolean upgrading;
  private boolean gone;
  private List<Object> early = List.of();
  private @Nullable PendingUpgrade pending;
  private @Nullable EarlyFrames waiting;
  private @Nullable Admission admission;
  private @Nullable Future<?> waitingEnds;

  public UpgradeHandler(ConnectionAcceptor acceptor) {
    this.acceptor = acceptor;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (upgrading) {
      keepIfEarly(message);
      return;
    }
    ServedEndpoint endpoint =
        message instanceof HttpRequest request ? endpointOf(request, acceptor) : null;
    if (endpoint == null) {
      ctx.fireChannelRead(message);
      return;
    }
    upgrading = true;
    try {
      upgrade(ctx, (HttpRequest) message, endpoint);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** Frames that came with the request. Its empty end, which comes too, is no use. */
  private void keepIfEarly(Object message) {
    if (message instanceof ByteBuf) {
      early = early.isEmpty() ? new ArrayList<>(1) : early;
      early.add(message);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    abandon();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    early.forEach(ReferenceCountUtil::release);
    abandon();
  }

  private void abandon() {
    gone = true;
    cancelWaitingEnds();
    Admission entered = admission;
    if (entered != null) {
      admission = null;
      entered.gone();
    }
    PendingUpgrade asked = pending;
    if (asked != null) {
      pending = null;
      asked.abandon();
    }
  }

  /**
   * Returns the endpoint that a request asks to become a WebSocket of, or null. With a slash more
   * or less the path may be one of the application, unless it shakes hands.
   */
  public static @Nullable ServedEndpoint endpointOf(
      HttpRequest request, ConnectionAcceptor acceptor) {
    if (!UpgradeRules.asksForWebSocket(request)) {
      return null;
    }
    String path = RequestPath.of(request.uri());
    ServedEndpoint endpoint = acceptor.routes().endpoint(path);
    boolean isCertain =
        endpoint == null
            || path.equals(endpoint.settings().path())
            || request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    return isCertain ? endpoint : null;
  }

  private void upgrade(ChannelHandlerContext ctx, HttpRequest request, ServedEndpoint endpoint) {
    List<String> origin = request.headers().getAll(HttpHeaderNames.ORIGIN);
    if (!acceptor.isAccepting()) {
      observe(ctx, HandshakeRefusal.CLOSING, request);
      UpgradeRefusals.closing(ctx);
    } else if (acceptor.memory().isFull()) {
      observe(ctx, HandshakeRefusal.MEMORY_FULL, request);
      UpgradeRefusals.send(ctx, HandshakeRefusal.MEMORY_FULL);
    } else if (!acceptor.origins().allow(origin)) {
      String sent = String.join(", ", origin);
      acceptor.onBadOrigin(sent);
      observe(ctx, HandshakeRefusal.BAD_ORIGIN, request);
      UpgradeRefusals.send(
          ctx,
          HttpResponseStatus.FORBIDDEN,
          "Failed to authorize socket handshake - Invalid origin: " + sent);
    } else if (!UpgradeRules.hasVersion(request.headers())) {
      observe(ctx, HandshakeRefusal.MALFORMED, request);
      UpgradeRefusals.unsupportedVersion(ctx);
    } else if (!UpgradeRules.isComplete(request)) {
      observe(ctx, HandshakeRefusal.MALFORMED, request);
      UpgradeRefusals.send(ctx, HttpResponseStatus.BAD_REQUEST, "Not a WebSocket handshake");
    } else {
      WebSocketFrameHandler frames =
          new WebSocketFrameHandler(
              acceptor,
              RequestDescription.of(request, ctx.channel(), acceptor.proxies()),
              endpoint);
      enter(ctx, request.headers(), frames);
    }
  }

  private void observe(ChannelHandlerContext ctx, HandshakeRefusal why, HttpRequest request) {
    ServerObserver observer = acceptor.observer();
    if (!observer.equals(ServerObserver.NONE)) {
      UpgradeRequest described = RequestDescription.of(request, ctx.channel(), acceptor.proxies());
      observer.handshakeRefused(why, described.clientAddress());
    }
  }

  private void observe(HandshakeRefusal why, WebSocketFrameHandler frames) {
    acceptor.observer().handshakeRefused(why, frames.request().clientAddress());
  }

  private EarlyFrames keepEarlyFrames(ChannelHandlerContext ctx) {
    LoopMemory memory = acceptor.memory(ctx.channel().eventLoop());
    CountedBytes account =
        new CountedBytes(
            memory,
            (bound, heldBytes) -> {
              acceptor.onMemoryLimit(ctx.channel(), bound, heldBytes);
              ctx.close();
            });
    return EarlyFrames.keep(ctx.pipeline(), account);
  }

  /** When many shake hands, it waits for its turn. */
  private void enter(ChannelHandlerContext ctx, HttpHeaders request, WebSocketFrameHandler frames) {
    EventLoop loop = ctx.channel().eventLoop();
    SlicedTasks newcomers = acceptor.turns(loop).newcomers();
    Runnable turn = () -> itsTurn(ctx, request, frames);
    Admission entered =
        acceptor
            .gate()
            .enter(
                frames.request().clientAddress(),
                task -> loop.execute(() -> newcomers.submit(task)),
                turn);
    admission = entered;
    if (entered.isWaiting()) {
      waiting = keepEarlyFrames(ctx);
      AGServerOptions options = acceptor.options();
      waitingEnds =
          options.timeSource().schedule(loop, options.handshakeTimeout(), entered::expire);
    } else if (!newcomers.submit(turn)) {
      waiting = keepEarlyFrames(ctx);
    }
  }

  private void itsTurn(
      ChannelHandlerContext ctx, HttpHeaders request, WebSocketFrameHandler frames) {
    Admission entered = admission;
    if (entered != null && !gone) {
      endWaiting(ctx);
      proceed(ctx, request, frames, entered);
    }
  }

  private void proceed(
      ChannelHandlerContext ctx,
      HttpHeaders request,
      WebSocketFrameHandler frames,
      Admission entered) {
    HandshakeRefusal refusal = entered.refusal();
    if (refusal != null) {
      UpgradeRefusals.send(ctx, refusal);
    } else if (!acceptor.isAccepting()) {
      observe(HandshakeRefusal.CLOSING, frames);
      UpgradeRefusals.closing(ctx);
    } else {
      authorize(ctx, request, frames);
    }
  }

  /** Takes over what came meanwhile. */
  private void endWaiting(ChannelHandlerContext ctx) {
    EarlyFrames keeper = waiting;
    waiting = null;
    cancelWaitingEnds();
    if (keeper != null) {
      List<Object> kept = new ArrayList<>(early);
      kept.addAll(keeper.end(ctx));
      early = kept;
    }
  }

  private void cancelWaitingEnds() {
    Future<?> scheduled = waitingEnds;
    if (scheduled != null) {
      waitingEnds = null;
      scheduled.cancel(false);
    }
  }

  private void authorize(
      ChannelHandlerContext ctx, HttpHeaders request, WebSocketFrameHandler frames) {
    PendingUpgrade asked =
        acceptor.authorize(
            frames.request(), ctx.channel(), error -> decided(ctx, request, frames, error));
    if (asked == null) {
      shakeHands(ctx, request, frames);
    } else {
      pending = asked;
      waiting = keepEarlyFrames(ctx);
    }
  }

  private void decided(
      ChannelHandlerContext ctx,
      HttpHeaders request,
      WebSocketFrameHandler frames,
      @Nullable Throwable error) {
    if (gone) {
      return;
    }
    endWaiting(ctx);
    if (!acceptor.isAccepting()) {
      observe(HandshakeRefusal.CLOSING, frames);
      UpgradeRefusals.closing(ctx);
    } else if (error != null) {
      observe(HandshakeRefusal.BLOCKED, frames);
      UpgradeRefusals.send(
          ctx, HttpResponseStatus.UNAUTHORIZED, String.valueOf(error.getMessage()));
    } else {
      shakeHands(ctx, request, frames);
    }
  }

  private void shakeHands(
      ChannelHandlerContext ctx, HttpHeaders request, WebSocketFrameHandler frames) {
    SwitchingProtocols.answer(ctx.pipeline(), request, frames.negotiate(request))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    openFrames(ctx, frames);
  }

  /** Replaces all of ours that spoke HTTP by the handler of frames. */
  private void openFrames(ChannelHandlerContext ctx, WebSocketFrameHandler frames) {
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addAfter(ctx.name(), null, frames);
    ChannelHandlerContext opened = pipeline.context(frames);
    SwitchingProtocols.removeSpeakers(pipeline); // the socket may send at once
    if (frames.open(opened, pending, admission)) {
      pending = null; // they are the socket's from now on
      admission = null;
    }
    List<Object> kept = early;
    early = List.of();
    pipeline.remove(this);
    frames.upgraded();
    kept.forEach(message -> frames.channelRead(opened, message));
    frames.startReading();
  }
}
