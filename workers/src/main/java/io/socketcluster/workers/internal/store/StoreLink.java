// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The connection of a worker to the shared store. It reconnects by itself; calls wait for it, but
 * not longer than half of the time that they have. A call that was sent is never repeated.
 */
final class StoreLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreLink.class);
  private static final int LARGEST_MESSAGE = 256 << 20;
  private static final int OUTBOUND_LIMIT = 64 << 20;
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  private final AGClientSocket socket;
  private final Duration patience;
  private final AtomicBoolean hasFollowed = new AtomicBoolean();
  private volatile WaitingCalls following = new WaitingCalls();
  private volatile String problem = "it does not answer";

  StoreLink(StoreAddress address, Duration timeout) {
    patience = timeout.dividedBy(2);
    socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .autoConnect(false)
                .hostname(StoreAddress.LOOPBACK)
                .port(address.port())
                .query("authKey", address.authKey())
                .ackTimeout(timeout)
                .connectTimeout(timeout)
                .maxPayload(LARGEST_MESSAGE)
                .outboundBufferLimit(OUTBOUND_LIMIT)
                .autoReconnectOptions(
                    AutoReconnectOptions.DEFAULT
                        .withInitialDelay(FIRST_DELAY)
                        .withRandomness(FIRST_DELAY)
                        .withMaxDelay(LONGEST_DELAY))
                .build());
  }

  void start(Consumer<StoreChange> changes) {
    socket.listener(AGSocket.CONNECT).consume(event -> follow(changes), Runnable::run);
    socket.listener(AGSocket.DISCONNECT).consume(event -> lost(), Runnable::run);
    socket.listener(AGSocket.ERROR).consume(event -> failed(event.error()), Runnable::run);
    socket
        .receiver(StoreCall.CHANGE)
        .consume(
            message -> {
              StoreChange change = ChangeMessage.parse(message);
              if (change != null) {
                changes.accept(change);
              }
            });
    socket.connect();
  }

  /** Asks to be told of changes. Calls are sent when this is certain. */
  private void follow(Consumer<StoreChange> changes) {
    WaitingCalls pending = following;
    socket
        .invoke(StoreCall.FOLLOW, null)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                followed(pending, changes);
              } else if (failure instanceof TimeoutError) {
                socket.reconnect();
              } else {
                failed(failure); // the connection was lost, which is tried again
              }
            });
  }

  private void followed(WaitingCalls pending, Consumer<StoreChange> changes) {
    boolean isFirst = hasFollowed.compareAndSet(false, true);
    pending.end();
    if (!isFirst) {
      LOG.info("Connected to the shared store again");
      changes.accept(new StoreChange(StoreChange.MISSED, List.of()));
    }
  }

  private void lost() {
    if (following.areOver()) {
      LOG.warn("The connection to the shared store was lost");
      following = new WaitingCalls();
    }
  }

  private void failed(Throwable failure) {
    problem = String.valueOf(failure.getMessage());
  }

  /** Calls a procedure. What follows runs on a virtual thread. */
  <T extends @Nullable Object> CompletableFuture<T> call(
      String procedure, @Nullable Object data, Function<JsonNode, T> reader) {
    WaitingCalls ready = following;
    CompletableFuture<JsonNode> answer =
        ready.areOver()
            ? socket.invoke(procedure, data)
            : ready
                .add(patience)
                .exceptionallyCompose(late -> CompletableFuture.failedFuture(unreachable(late)))
                .thenComposeAsync(connected -> socket.invoke(procedure, data), VIRTUAL);
    return answer
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(named(failure)))
        .thenApplyAsync(reader, VIRTUAL);
  }

  private StoreError unreachable(Throwable late) {
    return new StoreError("The shared store of the workers cannot be reached: " + problem, late);
  }

  private static Throwable named(Throwable failure) {
    Throwable reason = failure.getCause();
    Throwable cause = failure instanceof CompletionException && reason != null ? reason : failure;
    return cause instanceof StoreError
            || cause instanceof TimeoutError
            || cause instanceof ResourceLimitError
        ? cause
        : new StoreError("The shared store of the workers failed: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    socket.killAllStreams(); // before the end, which is no loss
    socket.disconnect();
  }
}
