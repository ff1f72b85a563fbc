// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Where the application goes on after a future: a virtual thread, never an event loop. */
public final class ApplicationThreads {
  /** Starts a virtual thread for each task. */
  public static final Executor EXECUTOR =
      task -> Thread.ofVirtual().name("socketcluster-callback").start(task);

  private ApplicationThreads() {}

  /**
   * Returns a future for the application that follows one of an event loop; a failure keeps its
   * cause.
   */
  public static <T extends @Nullable Object> CompletableFuture<T> handOver(
      CompletableFuture<T> internal) {
    return internal.handleAsync(
        (value, failure) -> {
          if (failure != null) {
            throw failure instanceof CompletionException known
                ? known
                : new CompletionException(failure);
          }
          return value;
        },
        EXECUTOR);
  }
}
