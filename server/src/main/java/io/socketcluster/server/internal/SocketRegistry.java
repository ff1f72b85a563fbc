// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.internal.session.DefaultServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of a server that are not closed. Thread-safe. */
final class SocketRegistry {
  private final Map<String, DefaultServerSocket> pending = new ConcurrentHashMap<>();
  private final Map<String, DefaultServerSocket> open = new ConcurrentHashMap<>();

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
}
