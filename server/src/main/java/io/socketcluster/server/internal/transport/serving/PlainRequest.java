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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole request: it waits for a place, and then asks the application, on a virtual thread. */
final class PlainRequest {
  private static final Logger LOG = LoggerFactory.getLogger(PlainRequest.class);

  private static final HttpAnswer BUSY =
      HttpAnswer.text(503, "Service Unavailable")
          .withHeader("retry-after", String.valueOf(UpgradeRefusals.RETRY_AFTER_SECONDS));

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

  /**
   * Starts the thread, which is to be interrupted when the client hangs up.
   *
   * @param answered is called on the event loop
   */
  Thread start(Consumer<HttpAnswer> answered) {
    return Thread.startVirtualThread(() -> run(answered));
  }

  private void run(Consumer<HttpAnswer> answered) {
    RequestPlaces places = acceptor.placesFor(request.method().name(), path());
    if (places == null) {
      hand(ask(), answered, () -> {});
    } else if (isPlaceFree(places)) {
      askInPlace(places, answered);
    } else {
      hand(BUSY, answered, Thread.interrupted() ? () -> {} : this::refused);
    }
  }

  private void refused() {
    ServerObserver observer = acceptor.observer();
    if (!observer.equals(ServerObserver.NONE)) {
      observer.requestRefused(
          RequestDescription.of(request, ctx.channel(), acceptor.proxies()).clientAddress());
    }
  }

  private void askInPlace(RequestPlaces places, Consumer<HttpAnswer> answered) {
    HttpAnswer answer;
    try {
      answer = ask();
    } catch (Throwable e) { // no memory to tell of what failed
      places.giveBack();
      throw e;
    }
    hand(answer, answered, places::giveBack);
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
  private void hand(HttpAnswer answer, Consumer<HttpAnswer> answered, Runnable over) {
    try {
      ctx.executor()
          .execute(
              () -> {
                over.run(); // before the client can have the answer, and ask again
                answered.accept(answer);
              });
    } catch (RejectedExecutionException e) {
      over.run();
      LOG.debug("The event loop of {} has ended before the answer", ctx.channel());
    }
  }
}
