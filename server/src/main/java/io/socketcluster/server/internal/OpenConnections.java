// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections that a closing server waits for. They are there longer than their sockets, whose
 * last frame may still be on its way, and some have none yet: those that a middleware was asked
 * about. Thread-safe.
 */
final class OpenConnections {
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final ChannelFutureListener closed = this::closed; // one for all
  private volatile @Nullable CompletableFuture<Void> none;

  /** Adds a connection, which may have been added before. */
  void add(Channel connection) {
    if (open.add(connection)) {
      connection.closeFuture().addListener(closed);
    }
  }

  private void closed(ChannelFuture connection) {
    open.remove(connection.channel());
    completeIfNone();
  }

  /** Closes those that are left at once, after what has been handed in before. */
  void terminateAll() {
    open.forEach(Channel::close);
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
