// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.internal.transport.WireConnection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open on the wire: longer than their sockets, whose last frame may still
 * be on its way. Thread-safe.
 */
final class OpenConnections {
  private final Set<WireConnection> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable CompletableFuture<Void> none;

  void add(WireConnection connection) {
    open.add(connection);
    connection.whenClosed(
        () -> {
          open.remove(connection);
          completeIfNone();
        });
  }

  /** Closes those that are left at once. */
  void terminateAll() {
    open.forEach(WireConnection::cut);
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
    if (waiting != null && open.isEmpty()) {
      waiting.complete(null);
    }
  }
}
