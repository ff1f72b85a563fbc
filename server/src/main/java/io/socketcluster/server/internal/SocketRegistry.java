// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.internal.socket.DefaultServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sockets of a server that are not closed. Thread-safe. */
final class SocketRegistry {
  private final Map<String, DefaultServerSocket> pending = new ConcurrentHashMap<>();
  private final Map<String, DefaultServerSocket> open = new ConcurrentHashMap<>();
  private volatile @Nullable CompletableFuture<Void> empty;

  void pending(DefaultServerSocket socket) {
    pending.put(socket.id(), socket);
  }

  /** Known in both for a moment rather than in neither. */
  void opened(DefaultServerSocket socket) {
    open.put(socket.id(), socket);
    pending.remove(socket.id());
  }

  void closed(DefaultServerSocket socket) {
    pending.remove(socket.id());
    open.remove(socket.id());
    completeIfEmpty();
  }

  Map<String, AGServerSocket> clients() {
    return Collections.unmodifiableMap(open);
  }

  Map<String, AGServerSocket> pendingClients() {
    return Collections.unmodifiableMap(pending);
  }

  List<DefaultServerSocket> all() {
    List<DefaultServerSocket> all = new ArrayList<>(pending.values());
    all.addAll(open.values());
    return all;
  }

  /** Returns what completes when there is no socket left. */
  CompletableFuture<Void> whenEmpty() {
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    empty = waiting;
    completeIfEmpty();
    return waiting;
  }

  private void completeIfEmpty() {
    CompletableFuture<Void> waiting = empty;
    if (waiting != null && pending.isEmpty() && open.isEmpty()) {
      waiting.complete(null);
    }
  }
}
