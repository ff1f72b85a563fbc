// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.stream.Consumption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits until a client is connected, so that a test begins with a connection. */
final class ClientStart {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private ClientStart() {}

  static void connect(AGClientSocket socket) {
    CompletableFuture<Void> open = new CompletableFuture<>();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Consumption opened =
        socket.listener(AGClientSocket.CONNECT).consume(it -> open.complete(null), Runnable::run);
    Consumption failed =
        socket.listener(AGClientSocket.ERROR).consume(it -> failure.set(it.error()), Runnable::run);
    try {
      socket.connect();
      open.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError("The client is not connected after " + PATIENCE, failure.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    } finally {
      opened.close();
      failed.close();
    }
  }
}
