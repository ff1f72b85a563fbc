// SPDX-License-Identifier: MIT
package io.socketcluster.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.internal.transport.AcceptingServer;
import io.socketcluster.server.internal.transport.upgrade.UpgradeHandler;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Lets the HTTP stack of the application see an upgrade request before the server takes it, so that
 * its filters can authenticate the user, or answer and thereby refuse the upgrade. Add one to each
 * channel, behind the {@code HttpServerCodec}, in the place of {@link SocketClusterNetty#handler}.
 * Every request passes; a filter calls {@link #proceed} for the one that is to be upgraded. What
 * the HTTP stack answers after that is discarded.
 *
 * <p>While an upgrade is undecided, no other request of its connection may be without an answer: a
 * client that sends one loses the connection. RFC 6455, section 4.1, lets a client send nothing
 * between its upgrade request and the answer.
 */
public final class DeferredUpgrade extends ChannelDuplexHandler {
  private static final AttributeKey<DeferredUpgrade> KEY =
      AttributeKey.valueOf("io.socketcluster.deferredUpgrade");

  private final AGServer server;
  private @Nullable ChannelHandlerContext context; // event loop only, as the next
  private @Nullable HttpRequest undecided; // then it is the only request without an answer
  private int unanswered;
  private boolean isInterim; // the response that is being written is followed by the final response
  private boolean isRefused;

  /**
   * Creates a handler for one channel.
   *
   * @throws InvalidArgumentsError if the server was not created by this library
   */
  public DeferredUpgrade(AGServer server) {
    this.server = server;
    AcceptingServer.acceptorOf(server).onAttached();
  }

  /** Returns the handler of a channel, or null if it has none. Any thread may call it. */
  public static @Nullable DeferredUpgrade of(Channel channel) {
    return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    ctx.channel().attr(KEY).set(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    context = null;
    undecided = null;
    ctx.channel().attr(KEY).set(null);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest next && !isRefused) {
      onRequest(ctx, next);
    }
    if (isRefused) {
      ReferenceCountUtil.release(message);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private void onRequest(ChannelHandlerContext ctx, HttpRequest next) {
    boolean isUpgrade = UpgradeHandler.endpointOf(next, AcceptingServer.acceptorOf(server)) != null;
    if (undecided != null || (isUpgrade && unanswered > 0)) {
      isRefused = true;
      undecided = null;
      ctx.close();
      return;
    }
    unanswered++;
    undecided = isUpgrade ? next : null;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      HttpResponseStatus status = response.status();
      isInterim =
          status.codeClass() == HttpStatusClass.INFORMATIONAL
              && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    }
    if (message instanceof LastHttpContent && !isInterim) {
      unanswered = Math.max(0, unanswered - 1);
      undecided = null;
    }
    ctx.write(message, promise);
  }

  /**
   * Upgrades the connection for a request. Call it on the event loop of the channel.
   *
   * @param headers those of the request that the application has decided about: the object that the
   *     channel has read, because an equal one may belong to another request
   * @param principal the user of the connection, for {@code UpgradeRequest.principal()}; null if
   *     there is none
   * @return false if the request does not ask for a WebSocket of the server, or has its answer
   *     already; the application has to answer it in the first case
   */
  @SuppressWarnings("ReferenceEquality") // what is equal was not decided about
  public boolean proceed(HttpHeaders headers, @Nullable Principal principal) {
    HttpRequest upgraded = undecided;
    ChannelHandlerContext ctx = context;
    if (upgraded == null || upgraded.headers() != headers || ctx == null) {
      return false;
    }
    ctx.channel().attr(SocketClusterNetty.PRINCIPAL).set(principal);
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addAfter(ctx.name(), null, new NoMoreAnswers());
    pipeline.addAfter(ctx.name(), null, SocketClusterNetty.handler(server));
    ctx.fireChannelRead(upgraded);
    pipeline.remove(this);
    return true;
  }

  /** The HTTP stack stays in the pipeline, and may neither write to the WebSocket nor close it. */
  private static final class NoMoreAnswers extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      promise.trySuccess();
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
      // Nothing was written.
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
      promise.trySuccess();
    }
  }
}
