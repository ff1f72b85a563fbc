// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the WebSocket upgrades for the server's endpoints and lets everything else pass, so that it
 * can stand in any HTTP pipeline behind an {@code HttpServerCodec}. One for each channel; event
 * loop only.
 */
public final class UpgradeHandler extends ChannelInboundHandlerAdapter {
  /** That of RFC 6455: the frames of all older ones were drafts. */
  private static final String VERSION = WebSocketVersion.V13.toHttpHeaderValue();

  private final ConnectionAcceptor acceptor;
  private final Origins origins;
  private boolean upgrading;
  private boolean gone;
  private List<Object> early = List.of();
  private @Nullable PendingUpgrade pending;
  private @Nullable EarlyFrames waiting;

  public UpgradeHandler(ConnectionAcceptor acceptor) {
    this.acceptor = acceptor;
    this.origins = new Origins(acceptor.options().origins());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (upgrading) {
      keepIfEarly(message);
      return;
    }
    ServedEndpoint endpoint =
        message instanceof HttpRequest request && isUpgrade(request)
            ? acceptor.endpoint(pathOf(request.uri()))
            : null;
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
    PendingUpgrade asked = pending;
    if (asked != null) {
      pending = null;
      asked.abandon();
    }
  }

  private static boolean isUpgrade(HttpRequest request) {
    return request.decoderResult().isSuccess()
        && HttpMethod.GET.equals(request.method())
        && request
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  private static String pathOf(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private void upgrade(ChannelHandlerContext ctx, HttpRequest request, ServedEndpoint endpoint) {
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (!acceptor.isAccepting()) {
      refuseClosing(ctx);
    } else if (!origins.allow(origin)) {
      acceptor.onBadOrigin(String.valueOf(origin));
      refuse(
          ctx,
          HttpResponseStatus.FORBIDDEN,
          "Failed to authorize socket handshake - Invalid origin: " + origin);
    } else if (!VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      WebSocketFrameHandler frames =
          new WebSocketFrameHandler(
              acceptor,
              RequestDescription.of(request, ctx.channel(), acceptor.proxies()),
              endpoint);
      authorize(ctx, request.headers(), frames);
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
      waiting = EarlyFrames.keep(ctx.pipeline());
    }
  }

  private void decided(
      ChannelHandlerContext ctx,
      HttpHeaders request,
      WebSocketFrameHandler frames,
      @Nullable Throwable error) {
    EarlyFrames keeper = waiting;
    if (gone || keeper == null) {
      return;
    }
    early = keeper.end(ctx);
    if (!acceptor.isAccepting()) {
      refuseClosing(ctx);
    } else if (error != null) {
      refuse(ctx, HttpResponseStatus.UNAUTHORIZED, String.valueOf(error.getMessage()));
    } else {
      shakeHands(ctx, request, frames);
    }
  }

  private void shakeHands(
      ChannelHandlerContext ctx, HttpHeaders request, WebSocketFrameHandler frames) {
    if (!SwitchingProtocols.isComplete(request)) {
      refuse(ctx, HttpResponseStatus.BAD_REQUEST, "Not a WebSocket handshake");
      return;
    }
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
    if (frames.open(opened, pending)) {
      pending = null; // it is the socket's from now on
    }
    List<Object> kept = early;
    early = List.of();
    pipeline.remove(this);
    kept.forEach(message -> frames.channelRead(opened, message));
  }

  private static void refuseClosing(ChannelHandlerContext ctx) {
    refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "The server is closing");
  }

  private static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), text));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
