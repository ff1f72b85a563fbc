// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of a listening server: gives each request to the {@link HttpHandler}, one for each
 * connection, and answers 501 where that has no answer. Event loop only, the handler itself runs on
 * a virtual thread.
 */
final class HttpSide extends SimpleChannelInboundHandler<HttpObject> implements HttpStage {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSide.class);
  private static final HttpAnswer NOT_IMPLEMENTED = HttpAnswer.text(501, "Not Implemented");

  private final HttpHandler handler;
  private boolean asked;

  HttpSide(HttpHandler handler) {
    this.handler = handler;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (asked || !(message instanceof HttpRequest request)) {
      return;
    }
    asked = true;
    String path = pathOf(request);
    if (path == null) {
      answer(ctx, HttpAnswer.text(400, "Bad Request"), false);
      return;
    }
    String method = request.method().name();
    boolean withoutBody = HttpMethod.HEAD.equals(request.method());
    Thread.startVirtualThread(() -> answer(ctx, ask(method, path), withoutBody));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("HTTP connection {} failed", ctx.channel(), cause);
    OutOfMemory.logIf(cause);
    ctx.close();
  }

  private static @Nullable String pathOf(HttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      return null;
    }
    try {
      return new QueryStringDecoder(request.uri()).path();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private HttpAnswer ask(String method, String path) {
    try {
      HttpAnswer answer = handler.handle(method, path);
      return answer == null ? NOT_IMPLEMENTED : answer;
    } catch (Throwable e) { // an Error too must not leave the client waiting
      LOG.debug("The HTTP handler failed", e); // whoever can make it fail could fill a disk
      return HttpAnswer.text(500, "Internal Server Error");
    }
  }

  private static void answer(ChannelHandlerContext ctx, HttpAnswer answer, boolean withoutBody) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            withoutBody ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    response
        .headers()
        .remove(HttpHeaderNames.TRANSFER_ENCODING)
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
