// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Futures for the application: what it does afterwards never runs on the event loop. */
final class AppFutures {
  private AppFutures() {}

  static <T extends @Nullable Object> CompletableFuture<T> of(CompletableFuture<T> internal) {
    return internal.handleAsync(
        (value, failure) -> {
          if (failure != null) {
            throw failure instanceof CompletionException known
                ? known
                : new CompletionException(failure);
          }
          return value;
        },
        ApplicationThreads.EXECUTOR);
  }
}
