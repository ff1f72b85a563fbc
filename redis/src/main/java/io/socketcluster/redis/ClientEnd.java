// SPDX-License-Identifier: MIT
package io.socketcluster.redis;

import io.lettuce.core.AbstractRedisClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a client of the library within a bounded time. The library's own shutdown waits without a
 * bound, and for ever when a server of a cluster was lost in a bad moment: its user would never
 * connect again.
 */
public final class ClientEnd {
  private static final long SECONDS = 2;

  private ClientEnd() {}

  /** Ends a client; returns after two seconds at most. */
  public static void await(AbstractRedisClient client) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    client
        .shutdownAsync(0, SECONDS, TimeUnit.SECONDS)
        .whenComplete((done, failure) -> ended.complete(null));
    ended.completeOnTimeout(null, SECONDS, TimeUnit.SECONDS).join();
  }
}
