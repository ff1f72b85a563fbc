// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.mount;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.internal.http.HttpDate;
import io.socketcluster.server.internal.transport.serving.RequestDeadline;
import io.socketcluster.server.spi.HttpStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** An answer in parts: chunked, or up to the end of the connection for HTTP/1.0. Thread-safe. */
final class MountedStream implements HttpStream {
  private final ChannelHandlerContext ctx;
  private final HttpAnswer head;
  private final boolean chunked;
  private final boolean keepsAlive;
  private final MountedExchange.Finished finished;

  MountedStream(
      ChannelHandlerContext ctx,
      HttpRequest request,
      HttpAnswer head,
      boolean keepsAlive,
      MountedExchange.Finished finished) {
    this.ctx = ctx;
    this.head = head;
    this.chunked =
        request.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && !"close".equalsIgnoreCase(head.header("connection"));
    this.keepsAlive = keepsAlive && chunked;
    this.finished = finished;
  }

  /** Sends the head, and what it has of the body. Event loop only. */
  void begin() {
    RequestDeadline deadline = ctx.pipeline().get(RequestDeadline.class);
    if (deadline != null) {
      deadline.suspend();
    }
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(head.status()));
    head.headers().forEach((name, values) -> response.headers().set(name, values));
    response.headers().set(HttpHeaderNames.DATE, HttpDate.now());
    HttpUtil.setTransferEncodingChunked(response, chunked);
    if (!keepsAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
    }
    ctx.write(response);
    ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(head.body())));
  }

  @Override
  public void write(ByteBuf part, Consumer<Boolean> left) {
    run(
        () -> {
          ChannelFuture sent = ctx.writeAndFlush(new DefaultHttpContent(part));
          sent.addListener(done -> left.accept(done.isSuccess()));
        },
        part::release);
  }

  @Override
  public void end() {
    run(this::endNow, () -> {});
  }

  private void endNow() {
    RequestDeadline deadline = ctx.pipeline().get(RequestDeadline.class);
    if (deadline != null) {
      deadline.resume(ctx.channel());
    }
    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(done -> finished.over(keepsAlive && done.isSuccess()));
  }

  private void run(Runnable task, Runnable otherwise) {
    if (ctx.channel().eventLoop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      ctx.channel().eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      otherwise.run(); // the loop has ended, and the connection with it
    }
  }
}
