// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.limits.RequestPlaces;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.RequestDescription;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole request: it waits for a place, and then asks the application, on a virtual thread. */
final class PlainRequest {
  private static final Logger LOG = LoggerFactory.getLogger(PlainRequest.class);

  private static final HttpAnswer BUSY =
      HttpAnswer.text(503, "Service Unavailable")
          .withHeader("retry-after", String.valueOf(UpgradeRefusals.RETRY_AFTER_SECONDS));

  private static final HttpAnswer FAILED = HttpAnswer.text(500, "Internal Server Error");

  private final ConnectionAcceptor acceptor;
  private final ChannelHandlerContext ctx;
  private final HttpRequest request;
  private final byte[] body;

  /**
   * @param request its path can be decoded
   */
  PlainRequest(
      ConnectionAcceptor acceptor, ChannelHandlerContext ctx, HttpRequest request, byte[] body) {
    this.acceptor = acceptor;
    this.ctx = ctx;
    this.request = request;
    this.body = body;
  }

  /** Takes the answer of the application. */
  interface Listener {
    /** Called on the event loop with an answer whose body is at hand. */
    void answered(HttpAnswer answer);

    /** Returns the stream of an answer, which has not begun. Called on the request's thread. */
    AnswerStream streamed(HttpAnswer answer);
  }

  /** Starts the thread, which is to be interrupted when the client hangs up. */
  Thread start(Listener listener) {
    return Thread.startVirtualThread(() -> run(listener));
  }

  private void run(Listener listener) {
    RequestPlaces places = acceptor.placesFor(request.method().name(), path());
    if (places == null) {
      pass(ask(), listener, () -> {});
    } else if (isPlaceFree(places)) {
      askInPlace(places, listener);
    } else {
      hand(BUSY, listener, Thread.interrupted() ? () -> {} : this::refused);
    }
  }

  private void refused() {
    ServerObserver observer = acceptor.observer();
    if (!observer.equals(ServerObserver.NONE)) {
      observer.requestRefused(
          RequestDescription.of(request, ctx.channel(), acceptor.proxies()).clientAddress());
    }
  }

  private void askInPlace(RequestPlaces places, Listener listener) {
    HttpAnswer answer;
    try {
      answer = ask();
    } catch (Throwable e) { // no memory to tell of what failed
      places.giveBack();
      throw e;
    }
    pass(answer, listener, places::giveBack);
  }

  /**
   * Sends an answer, or lets its body be written on this thread.
   *
   * @param over is run once, before the client can have all of the answer, and ask again
   */
  private void pass(HttpAnswer answer, Listener listener, Runnable over) {
    HttpAnswer.Body body = answer.stream();
    if (body != null && Responses.hasBody(request, answer)) {
      write(body, listener, listener.streamed(answer), over);
    } else {
      hand(answer, listener, over);
    }
  }

  private void write(HttpAnswer.Body body, Listener listener, AnswerStream stream, Runnable over) {
    stream.hold();
    BodyStream out = new BodyStream(stream);
    try {
      body.writeTo(out);
      out.flush();
    } catch (Throwable e) { // an Error, too, must not leave the client waiting
      fail(out, stream, listener, over);
      if (!out.isBroken() && ctx.channel().isActive()) {
        acceptor.onFailure("The body of an answer could not be written", e);
      }
      return;
    } finally {
      out.end();
    }
    over.run();
    stream.end();
  }

  private void fail(BodyStream out, AnswerStream stream, Listener listener, Runnable over) {
    if (out.isBegun()) {
      over.run();
      stream.fail();
    } else {
      stream.abandon();
      hand(FAILED, listener, over);
    }
  }

  private HttpAnswer ask() {
    return acceptor.answer(request, ctx.channel(), body);
  }

  private String path() {
    return Objects.requireNonNull(RequestRefusals.pathOf(request), "the path");
  }

  private static boolean isPlaceFree(RequestPlaces places) {
    try {
      return places.take();
    } catch (InterruptedException e) { // the client has hung up
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The place is kept until the event loop counts the answer as memory of the connection. */
  private void hand(HttpAnswer answer, Listener listener, Runnable over) {
    try {
      ctx.executor()
          .execute(
              () -> {
                over.run();
                listener.answered(answer);
              });
    } catch (RejectedExecutionException e) {
      over.run();
      LOG.debug("The event loop of {} has ended before the answer", ctx.channel());
    }
  }
}
