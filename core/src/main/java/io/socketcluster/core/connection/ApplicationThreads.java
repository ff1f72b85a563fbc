// SPDX-License-Identifier: MIT
package io.socketcluster.core.connection;

import io.socketcluster.protocol.errors.AGException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Where the application goes on after a future: a virtual thread, never an event loop. */
public final class ApplicationThreads {
  /** Starts a virtual thread for each task. */
  public static final Executor EXECUTOR =
      task -> Thread.ofVirtual().name("socketcluster-callback").start(task);

  private ApplicationThreads() {}

  /**
   * Waits for the answer to a call, on a thread of the application.
   *
   * @param answer completed on an event loop, and only with an {@code AGException} for a failure
   * @throws AGException if the call failed
   * @throws InterruptedException if the thread is interrupted; the call itself is not taken back
   */
  public static <T extends @Nullable Object> T await(CompletableFuture<T> answer)
      throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AGException error) {
        throw error;
      }
      throw new AssertionError(e);
    }
  }
}
