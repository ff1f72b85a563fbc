// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** Code that runs on a thread of its own during a test. */
final class Background<T> {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final Thread thread;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  private Background(Callable<T> body, boolean virtual) {
    Runnable task =
        () -> {
          try {
            result.complete(body.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    thread = virtual ? Thread.ofVirtual().start(task) : Thread.ofPlatform().daemon().start(task);
  }

  static <T> Background<T> virtual(Callable<T> body) {
    return new Background<>(body, true);
  }

  static <T> Background<T> platform(Callable<T> body) {
    return new Background<>(body, false);
  }

  /** Makes other interleavings likely; nothing depends on it. */
  @SuppressWarnings("ThreadPriorityCheck")
  static void letOthersRun() {
    Thread.yield();
  }

  /** Waits until the thread is parked. */
  Background<T> parked() {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () ->
                thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING);
    return this;
  }

  /** The result, waited for; what the body threw is thrown here. */
  T get() throws Exception {
    try {
      return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof Exception exception ? exception : e;
    } catch (TimeoutException e) {
      AssertionError error = new AssertionError("Still running after " + PATIENCE, e);
      error.setStackTrace(thread.getStackTrace());
      throw error;
    }
  }
}
