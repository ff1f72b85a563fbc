// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.sessions.internal.SessionMessages.SessionEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The sockets of this server by the name of their session, and the events for them. */
final class LocalSessions {
  private final ConcurrentMap<String, Set<AGServerSocket>> sockets = new ConcurrentHashMap<>();
  private final SessionMessages messages;

  LocalSessions(AGServer server) {
    this.messages = new SessionMessages(server, this::transmit);
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

  CompletableFuture<Void> emit(String name, SessionEvent event) {
    transmit(name, event);
    return messages.tell(name, event);
  }

  private void transmit(String name, SessionEvent event) {
    socketsOf(name).forEach(socket -> socket.transmit(event.event(), event.data()));
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
