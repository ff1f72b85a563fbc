// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.internal.transport.WireConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections that are open on the wire: longer than their sockets, whose last frame may
 * still be on its way. Thread-safe.
 */
final class OpenConnections {
  private final AtomicInteger count = new AtomicInteger();
  private volatile @Nullable CompletableFuture<Void> none;

  void add(WireConnection connection) {
    count.incrementAndGet();
    connection.whenClosed(
        () -> {
          count.decrementAndGet();
          completeIfNone();
        });
  }

  /** Returns what completes when there is none left. */
  CompletableFuture<Void> whenNone() {
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    none = waiting;
    completeIfNone();
    return waiting;
  }

  private void completeIfNone() {
    CompletableFuture<Void> waiting = none;
    if (waiting != null && count.get() == 0) {
      waiting.complete(null);
    }
  }
}
