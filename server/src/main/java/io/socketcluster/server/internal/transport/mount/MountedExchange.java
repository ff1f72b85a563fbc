// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.mount;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.RequestDescription;
import io.socketcluster.server.internal.transport.serving.AnswerStream;
import io.socketcluster.server.internal.transport.serving.Responses;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.HttpStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request that a transport answers. Thread-safe. */
final class MountedExchange implements HttpExchange {
  private final ConnectionAcceptor acceptor;
  private final ChannelHandlerContext ctx;
  private final HttpRequest head;
  private final byte[] body;
  private final AnswerStream.Finished finished;
  private final UpgradeRequest request;
  private final AtomicBoolean answered = new AtomicBoolean();
  private @Nullable Runnable whenGone; // event loop only, as is the next
  private boolean over;

  MountedExchange(
      ConnectionAcceptor acceptor,
      ChannelHandlerContext ctx,
      HttpRequest head,
      byte[] body,
      AnswerStream.Finished finished) {
    this.acceptor = acceptor;
    this.ctx = ctx;
    this.head = head;
    this.body = body;
    this.finished = finished;
    this.request = RequestDescription.of(head, ctx.channel(), acceptor.proxies());
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
  public byte[] body() {
    return body;
  }

  @Override
  public EventLoop eventLoop() {
    return ctx.channel().eventLoop();
  }

  @Override
  public boolean isOriginAllowed() {
    return acceptor.origins().allow(head.headers().getAll(HttpHeaderNames.ORIGIN));
  }

  @Override
  public void answer(HttpAnswer answer) {
    if (answer.stream() != null) {
      throw new IllegalArgumentException("The answer has a body that is streamed");
    }
    answersNow();
    run(() -> send(answer));
  }

  private void answersNow() {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("The request has been answered");
    }
  }

  private void send(HttpAnswer answer) {
    boolean keepsAlive = keepsAlive();
    ChannelFuture sent = ctx.writeAndFlush(Responses.of(head, answer, keepsAlive));
    sent.addListener(done -> finish(keepsAlive && done.isSuccess()));
  }

  private boolean keepsAlive() {
    return HttpUtil.isKeepAlive(head) && acceptor.isAccepting();
  }

  private void finish(boolean keepsAlive) {
    if (!over) {
      over = true;
      whenGone = null;
      finished.over(keepsAlive);
    }
  }

  @Override
  public HttpStream stream(HttpAnswer first) {
    answersNow();
    AnswerStream stream = new AnswerStream(ctx, head, first, keepsAlive(), this::finish);
    stream.begin();
    return stream;
  }

  @Override
  public void whenGone(Runnable task) {
    run(
        () -> {
          if (ctx.channel().isActive()) {
            whenGone = task;
          } else {
            task.run();
          }
        });
  }

  /** The client has hung up. */
  void gone() {
    over = true;
    Runnable task = whenGone;
    whenGone = null;
    if (task != null) {
      task.run();
    }
  }

  /** The transport has failed: answers in its place, unless it has. */
  void answerOnFailure() {
    if (answered.compareAndSet(false, true)) {
      send(HttpAnswer.text(500, "Internal Server Error"));
    }
  }

  private void run(Runnable task) {
    if (eventLoop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // the loop has ended, and the connection with it
    }
  }
}
