// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

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
import io.socketcluster.server.internal.http.SendableHeaders;
import io.socketcluster.server.spi.HttpStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** An answer in parts: chunked, or up to the end of the connection for HTTP/1.0. Thread-safe. */
public final class AnswerStream implements HttpStream {
  private final ChannelHandlerContext ctx;
  private final HttpAnswer head;
  private final boolean chunked;
  private final boolean keepsAlive;
  private final Finished finished;

  /** Is told on the event loop that the answer has left, and whether the connection stays. */
  @FunctionalInterface
  public interface Finished {
    void over(boolean keepsAlive);
  }

  /**
   * Creates a stream.
   *
   * @param keepsAlive whether the connection may stay for another request
   */
  public AnswerStream(
      ChannelHandlerContext ctx,
      HttpRequest request,
      HttpAnswer head,
      boolean keepsAlive,
      Finished finished) {
    this.ctx = ctx;
    this.head = head;
    this.chunked =
        request.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && !"close".equalsIgnoreCase(head.header("connection"));
    this.keepsAlive = keepsAlive && chunked;
    this.finished = finished;
  }

  /** Lets the answer take as long as it takes, before anything of it is sent. */
  void hold() {
    run(this::suspendDeadline, () -> {});
  }

  /** Gives way to another answer: nothing of this one has been sent. */
  void abandon() {
    run(this::resumeDeadline, () -> {});
  }

  private void suspendDeadline() {
    RequestDeadline deadline = ctx.pipeline().get(RequestDeadline.class);
    if (deadline != null) {
      deadline.suspend();
    }
  }

  private void resumeDeadline() {
    RequestDeadline deadline = ctx.pipeline().get(RequestDeadline.class);
    if (deadline != null) {
      deadline.resume(ctx.channel());
    }
  }

  /** Sends the head, and what it has of the body. */
  public void begin() {
    run(this::beginNow, () -> {});
  }

  private void beginNow() {
    suspendDeadline();
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(head.status()));
    SendableHeaders.of(head.headers()).addTo(response.headers());
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
        () -> {
          part.release();
          left.accept(false);
        });
  }

  @Override
  public void end() {
    run(this::endNow, () -> {});
  }

  /** Ends the connection: the client must not take what it has for the whole answer. */
  void fail() {
    run(() -> finished.over(false), () -> {});
  }

  private void endNow() {
    resumeDeadline();
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
