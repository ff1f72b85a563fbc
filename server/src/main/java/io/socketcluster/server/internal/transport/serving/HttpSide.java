// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.flow.FlowControlHandler;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.internal.memory.CountedBytes;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.OutOfMemory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of a listening server: gathers each request, hands it to the application on a
 * virtual thread, and answers one after the other. Event loop only.
 */
public final class HttpSide extends SimpleChannelInboundHandler<HttpObject> implements HttpStage {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSide.class);

  /** Keeps what was pipelined behind a request until that one is answered and reading goes on. */
  private static final class RequestPacing extends FlowControlHandler implements HttpStage {}

  private final ConnectionAcceptor acceptor;
  private final RequestDeadline deadline;
  private final RequestRefusals refusals;
  private final AnswerSender sender;
  private @Nullable HttpRequest head; // of the request that comes or is being answered
  private RequestBody body = new RequestBody(0, 0);
  private @Nullable Thread worker; // while it is being answered
  private boolean ended;

  public HttpSide(ConnectionAcceptor acceptor, RequestDeadline deadline, CountedBytes account) {
    this.acceptor = acceptor;
    this.deadline = deadline;
    this.sender = new AnswerSender(account, acceptor.memory().sharedArrays());
    AGServerOptions options = acceptor.options();
    this.refusals = new RequestRefusals(options.maxHeaderSize(), options.maxRequestBody());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (ended) {
      return;
    }
    if (message instanceof HttpRequest request) {
      begin(ctx, request);
    }
    HttpRequest begun = head;
    if (begun != null && !ended && message instanceof HttpContent content) {
      receive(ctx, begun, content);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    head = request;
    body =
        new RequestBody(
            acceptor.options().maxRequestBody(), HttpUtil.getContentLength(request, 0L));
    HttpAnswer refusal = refusals.ofHead(request);
    if (refusal != null) {
      end(ctx, request, refusal);
      return;
    }
    if (ctx.pipeline().get(RequestPacing.class) == null) {
      ctx.pipeline()
          .addAfter(
              ctx.pipeline().context(HttpServerCodec.class).name(), null, new RequestPacing());
    }
    if (HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void receive(ChannelHandlerContext ctx, HttpRequest request, HttpContent content) {
    if (!content.decoderResult().isSuccess()) {
      end(ctx, request, refusals.ofFailure(content.decoderResult().cause()));
    } else if (!body.add(content.content())) {
      end(ctx, request, refusals.ofLongBody());
    } else if (content instanceof LastHttpContent) {
      ctx.channel().config().setAutoRead(false); // what comes next has to wait for the answer
      PlainRequest whole = new PlainRequest(acceptor, ctx, request, body.whole());
      worker = whole.start(new Answers(ctx, request));
    }
  }

  /** Sends what the application answers to a request. */
  private final class Answers implements PlainRequest.Listener {
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;

    Answers(ChannelHandlerContext ctx, HttpRequest request) {
      this.ctx = ctx;
      this.request = request;
    }

    @Override
    public void answered(HttpAnswer answer) {
      worker = null;
      body = new RequestBody(0, 0);
      boolean goesOn = keepsAlive();
      sender
          .send(ctx, Responses.of(request, answer, goesOn), answer.body())
          .addListener(done -> finished(ctx, goesOn && done.isSuccess()));
    }

    @Override
    public AnswerStream streamed(HttpAnswer answer) {
      return new AnswerStream(ctx, request, answer, keepsAlive(), it -> finished(ctx, it));
    }

    private boolean keepsAlive() {
      return HttpUtil.isKeepAlive(request) && acceptor.isAccepting();
    }
  }

  private void finished(ChannelHandlerContext ctx, boolean goesOn) {
    worker = null;
    body = new RequestBody(0, 0);
    if (goesOn) {
      head = null;
      deadline.answered(ctx.channel());
      ctx.channel().config().setAutoRead(true);
    } else {
      ctx.close();
    }
  }

  /** Answers a request that is not read to its end, nor is what follows it. */
  private void end(ChannelHandlerContext ctx, HttpRequest request, HttpAnswer answer) {
    ended = true;
    body = new RequestBody(0, 0);
    LastAnswer.send(ctx, Responses.of(request, answer, false));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    Thread asking = worker;
    if (asking != null) {
      asking.interrupt();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("HTTP connection {} failed", ctx.channel(), cause);
    OutOfMemory.logIf(cause);
    ctx.close();
  }
}
