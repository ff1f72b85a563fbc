// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.mount;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.RequestDescription;
import io.socketcluster.server.internal.transport.serving.LastAnswer;
import io.socketcluster.server.internal.transport.serving.Responses;
import io.socketcluster.server.internal.transport.upgrade.SwitchingProtocols;
import io.socketcluster.server.internal.transport.upgrade.UpgradeHandler;
import io.socketcluster.server.spi.HttpUpgrade;
import java.util.List;

/** A request for another protocol that a transport decides about. Event loop only. */
final class MountedUpgrade implements HttpUpgrade {
  private final ConnectionAcceptor acceptor;
  private final ChannelHandlerContext ctx;
  private final HttpRequest head;
  private final UpgradeRequest request;
  private boolean settled;

  MountedUpgrade(ConnectionAcceptor acceptor, ChannelHandlerContext ctx, HttpRequest head) {
    this.acceptor = acceptor;
    this.ctx = ctx;
    this.head = head;
    this.request = RequestDescription.of(head, ctx.channel(), acceptor.proxies());
  }

  /** Returns whether it has been refused or taken over. */
  boolean isSettled() {
    return settled;
  }

  @Override
  public String method() {
    return head.method().name();
  }

  @Override
  public UpgradeRequest request() {
    return request;
  }

  @Override
  public boolean isSecure() {
    return ctx.pipeline().get(SslHandler.class) != null;
  }

  @Override
  public boolean isOriginAllowed() {
    List<String> origins = head.headers().getAll(HttpHeaderNames.ORIGIN);
    return acceptor
        .origins()
        .allow(
            origins.isEmpty()
                ? head.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_ORIGIN) // hybi-07, hybi-08
                : origins);
  }

  private void settle() {
    if (settled) {
      throw new IllegalStateException("The upgrade has been refused or taken over");
    }
    settled = true;
  }

  @Override
  public void refuse(HttpAnswer answer) {
    settle();
    LastAnswer.send(ctx, Responses.of(head, answer, false));
  }

  @Override
  public void takeOver(ByteBuf answer, ChannelHandler handler) {
    settle();
    ChannelPipeline pipeline = ctx.pipeline();
    SwitchingProtocols.send(pipeline, answer).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    acceptor.onOpen(ctx.channel());
    pipeline.addAfter(ctx.name(), null, handler);
    UpgradeHandler others;
    while ((others = pipeline.get(UpgradeHandler.class)) != null) { // of several servers
      pipeline.remove(others);
    }
    SwitchingProtocols.removeSpeakers(pipeline);
  }
}
