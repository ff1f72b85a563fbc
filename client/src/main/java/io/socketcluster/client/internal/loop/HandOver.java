// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.loop;

import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.core.connection.ConnectionTimer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands what futures of the event loop bring over to the application, on virtual threads.
 *
 * <p>A call that fails with its connection has failed for the application before the socket tells
 * of the disconnect, as in JavaScript: so the socket asks here {@linkplain #whenFailuresArrived
 * when} that is so. Event loop only, but for {@link #of}.
 */
public final class HandOver {
  /** How long an event of the socket waits at most for what the application does with a failure. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final SocketLoop loop;
  private int failuresUnderWay;
  private @Nullable Runnable onArrival;
  private ConnectionTimer.@Nullable Timeout patience;

  public HandOver(SocketLoop loop) {
    this.loop = loop;
  }

  /**
   * Returns a future for the application.
   *
   * @param internal completed on the event loop
   * @param conversion runs on a virtual thread
   */
  public <S extends @Nullable Object, T extends @Nullable Object> CompletableFuture<T> of(
      CompletableFuture<S> internal, Function<S, T> conversion) {
    CompletableFuture<T> handedOver = new CompletableFuture<>();
    internal.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            handedOver.completeAsync(() -> conversion.apply(value), ApplicationThreads.EXECUTOR);
          } else {
            fail(handedOver, causeOf(failure));
          }
        });
    return handedOver;
  }

  private void fail(CompletableFuture<?> handedOver, Throwable failure) {
    loop.run(() -> failuresUnderWay++);
    ApplicationThreads.EXECUTOR.execute(
        () -> {
          handedOver.completeExceptionally(failure);
          loop.run(this::arrived);
        });
  }

  private static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void arrived() {
    loop.check();
    failuresUnderWay--;
    if (failuresUnderWay == 0) {
      proceed();
    }
  }

  /** Runs the task when no failure is under way: now, or soon. One task at a time. */
  public void whenFailuresArrived(Runnable task) {
    loop.check();
    proceed();
    if (failuresUnderWay == 0) {
      task.run();
    } else {
      onArrival = task;
      patience = loop.waiting().schedule(PATIENCE, this::proceed);
    }
  }

  private void proceed() {
    Runnable task = onArrival;
    onArrival = null;
    ConnectionTimer.Timeout timeout = patience;
    patience = null;
    if (timeout != null) {
      timeout.cancel();
    }
    if (task != null) {
      task.run();
    }
  }
}
