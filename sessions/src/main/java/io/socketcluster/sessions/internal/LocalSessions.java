// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The sockets of this server by the name of their session, and the orders for them. */
final class LocalSessions {
  private final ConcurrentMap<String, Set<AGServerSocket>> sockets = new ConcurrentHashMap<>();
  private final SessionMessages messages;

  LocalSessions(AGServer server) {
    this.messages = new SessionMessages(server, this::carryOut);
  }

  /** Adds a socket. The first one of a session makes other servers' events arrive. */
  void join(String name, AGServerSocket socket) {
    sockets.compute(
        name,
        (same, before) -> {
          if (before == null) {
            messages.join(name).exceptionally(this::warn);
            return Set.of(socket);
          }
          Set<AGServerSocket> after = new HashSet<>(before);
          after.add(socket);
          return Set.copyOf(after);
        });
  }

  /** Removes a socket. */
  void leave(String name, AGServerSocket socket) {
    sockets.computeIfPresent(
        name,
        (same, before) -> {
          Set<AGServerSocket> after = new HashSet<>(before);
          after.remove(socket);
          if (after.isEmpty()) {
            messages.leave(name).exceptionally(this::warn);
            return null;
          }
          return Set.copyOf(after);
        });
  }

  Set<AGServerSocket> socketsOf(String name) {
    return sockets.getOrDefault(name, Set.of());
  }

  /** Returns the names of the sessions with a socket: a live view. */
  Set<String> names() {
    return sockets.keySet();
  }

  /** Carries out an order here, and tells all other servers of it. */
  CompletableFuture<Void> order(String name, SessionOrder order) {
    carryOut(name, order);
    return messages.tell(name, order);
  }

  private void carryOut(String name, SessionOrder order) {
    for (AGServerSocket socket : socketsOf(name)) {
      try {
        order.carryOut(socket);
      } catch (AGException e) { // not a reason to leave the others out
        warn(e);
      }
    }
  }

  /** Tells the server of a failure, at a bounded rate. */
  @SuppressWarnings("NullAway") // Void has no value but null
  Void warn(Throwable failure) {
    messages.warn(failure);
    return null;
  }

  void close() {
    names().forEach(messages::leave);
    messages.close();
  }
}
