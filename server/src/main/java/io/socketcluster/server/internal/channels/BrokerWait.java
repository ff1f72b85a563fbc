// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.netty.channel.EventLoop;
import io.socketcluster.server.internal.inbound.InboundOrder;
import io.socketcluster.server.internal.loop.LoopTasks;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lets the packets of a loop's sockets wait for the broker. Event loop only. */
public final class BrokerWait {
  private final EventLoop loop;
  private final LoopMailbox mailbox;

  /** Goes on with why it failed, or null. */
  @FunctionalInterface
  public interface Continuation {
    void proceed(@Nullable Throwable failure);
  }

  BrokerWait(EventLoop loop, LoopMailbox mailbox) {
    this.loop = loop;
    this.mailbox = mailbox;
  }

  /**
   * Goes on at once when the future is complete, as it is with the embedded broker.
   *
   * @param order that of the socket, which is held meanwhile
   */
  void whenDone(CompletableFuture<Void> future, InboundOrder order, Continuation continuation) {
    if (future.isDone()) {
      continuation.proceed(failureOf(future));
      return;
    }
    order.hold();
    future.whenComplete(
        (done, failure) ->
            LoopTasks.run(
                loop,
                () -> {
                  if (!order.isStopped()) {
                    continuation.proceed(failure);
                  }
                  order.release();
                }));
  }

  /**
   * Goes on when a publish is done and this event loop has delivered it: a publisher who subscribed
   * has the message before the answer.
   *
   * @param order that of the socket, which is held until the publish is done
   */
  void whenDelivered(
      CompletableFuture<Void> published, InboundOrder order, Continuation continuation) {
    whenDone(
        published,
        order,
        failure ->
            mailbox.afterDeliveries(
                () -> {
                  if (!order.isStopped()) {
                    continuation.proceed(failure);
                  }
                }));
  }

  private static @Nullable Throwable failureOf(CompletableFuture<Void> done) {
    return done.isCompletedExceptionally()
        ? done.handle((result, failure) -> failure).join() // cancelled, too
        : null;
  }
}
