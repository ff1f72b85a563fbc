// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.mount;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.internal.http.RequestPath;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.serving.HttpStage;
import io.socketcluster.server.internal.transport.serving.LastAnswer;
import io.socketcluster.server.internal.transport.serving.RequestBody;
import io.socketcluster.server.internal.transport.serving.RequestDeadline;
import io.socketcluster.server.internal.transport.serving.RequestRefusals;
import io.socketcluster.server.internal.transport.serving.Responses;
import io.socketcluster.server.spi.HttpTransport;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Hands the requests and upgrades that a transport of another module claims to it, one at a time,
 * and lets all others pass. Event loop only.
 */
public final class MountedSide extends ChannelInboundHandlerAdapter implements HttpStage {
  private final ConnectionAcceptor acceptor;
  private @Nullable Incoming incoming;
  private @Nullable MountedExchange exchange; // not answered yet
  private @Nullable Deque<Object> behind; // what was pipelined behind it
  private boolean ended;

  /** A request whose body comes. */
  private record Incoming(HttpTransport transport, HttpRequest request, RequestBody body) {}

  public MountedSide(ConnectionAcceptor acceptor) {
    this.acceptor = acceptor;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (ended) {
      ReferenceCountUtil.release(message);
    } else if (exchange != null) {
      keep(ctx, message);
    } else if (message instanceof HttpRequest request && !begins(ctx, request)) {
      incoming = null;
      ctx.fireChannelRead(message);
    } else {
      pass(ctx, message);
    }
  }

  private void pass(ChannelHandlerContext ctx, Object message) {
    Incoming request = incoming;
    if (request == null && !ended) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      if (request != null && message instanceof HttpContent content) {
        receive(ctx, request, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** No more than one read is kept: the client waits with the rest. */
  private void keep(ChannelHandlerContext ctx, Object message) {
    Deque<Object> kept = behind;
    if (kept == null) {
      kept = new ArrayDeque<>(2);
      behind = kept;
    }
    kept.add(message);
    ctx.channel().config().setAutoRead(false);
  }

  /** Returns false when no transport claims the request. */
  private boolean begins(ChannelHandlerContext ctx, HttpRequest request) {
    HttpTransport transport =
        request.decoderResult().isSuccess()
            ? acceptor.routes().mounts().claiming(RequestPath.of(request.uri()))
            : null;
    if (transport == null) {
      return false;
    }
    if (upgrades(ctx, request, transport)) {
      ended = true;
      return true;
    }
    int maxBody = transport.maxRequestBody();
    HttpAnswer refusal =
        new RequestRefusals(acceptor.options().maxHeaderSize(), maxBody).ofHead(request);
    if (refusal != null) {
      end(ctx, request, refusal);
      return true;
    }
    incoming =
        new Incoming(
            transport, request, new RequestBody(maxBody, HttpUtil.getContentLength(request, 0L)));
    if (HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    return true;
  }

  private boolean upgrades(
      ChannelHandlerContext ctx, HttpRequest request, HttpTransport transport) {
    if (!request.headers().contains(HttpHeaderNames.UPGRADE)
        || !request
            .headers()
            .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
      return false;
    }
    MountedUpgrade upgrade = new MountedUpgrade(acceptor, ctx, request);
    return transport.onUpgrade(upgrade) || upgrade.isSettled();
  }

  private void receive(ChannelHandlerContext ctx, Incoming request, HttpContent content) {
    int maxBody = request.transport.maxRequestBody();
    RequestRefusals refusals = new RequestRefusals(acceptor.options().maxHeaderSize(), maxBody);
    if (!content.decoderResult().isSuccess()) {
      end(ctx, request.request, refusals.ofFailure(content.decoderResult().cause()));
    } else if (!request.body.add(content.content())) {
      end(ctx, request.request, refusals.ofLongBody());
    } else if (content instanceof LastHttpContent) {
      incoming = null;
      hand(ctx, request);
    }
  }

  private void hand(ChannelHandlerContext ctx, Incoming request) {
    MountedExchange begun =
        new MountedExchange(
            acceptor, ctx, request.request, request.body.whole(), keeps -> answered(ctx, keeps));
    exchange = begun;
    try {
      request.transport.onRequest(begun);
    } catch (RuntimeException e) {
      acceptor.onFailure("A transport failed to serve a request", e);
      begun.answerOnFailure();
    }
  }

  /** The exchange is answered: the next pipelined request has its turn. */
  private void answered(ChannelHandlerContext ctx, boolean keepsAlive) {
    exchange = null;
    if (!keepsAlive) {
      ctx.close();
      return;
    }
    RequestDeadline deadline = ctx.pipeline().get(RequestDeadline.class);
    if (deadline != null) {
      deadline.answered(ctx.channel());
    }
    Deque<Object> kept = behind;
    if (kept != null) {
      while (exchange == null && !kept.isEmpty()) {
        channelRead(ctx, kept.remove());
      }
      if (kept.isEmpty()) {
        behind = null;
        ctx.channel().config().setAutoRead(true);
      }
    }
  }

  /** Answers a request that is not read to its end, nor is what follows it. */
  private void end(ChannelHandlerContext ctx, HttpRequest request, HttpAnswer answer) {
    ended = true;
    incoming = null;
    LastAnswer.send(ctx, Responses.of(request, answer, false));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    MountedExchange open = exchange;
    if (open != null) {
      open.gone();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    Deque<Object> kept = behind;
    if (kept != null) {
      kept.forEach(ReferenceCountUtil::release);
      behind = null;
    }
  }
}
