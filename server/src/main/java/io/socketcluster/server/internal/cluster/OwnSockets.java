// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.internal.cluster.Target.SocketId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Follows orders on the sockets of this server. Blocks: only for virtual threads. */
final class OwnSockets {
  private final Map<String, AGServerSocket> clients;
  private final ClusterFailures failures;

  /**
   * @param clients a live view of the sockets that have completed their handshake, by id
   */
  OwnSockets(Map<String, AGServerSocket> clients, ClusterFailures failures) {
    this.clients = clients;
    this.failures = failures;
  }

  /** Follows an order; returns for how many sockets. */
  long follow(Order order) {
    long found = 0;
    for (AGServerSocket socket : candidates(order.target())) {
      if (order.target().includes(socket)) {
        found++;
        tryToAct(order, socket);
      }
    }
    return found;
  }

  private Collection<AGServerSocket> candidates(Target target) {
    if (target instanceof SocketId(String id)) {
      AGServerSocket socket = clients.get(id);
      return socket == null ? List.of() : List.of(socket);
    }
    return clients.values();
  }

  /** A failure with one socket does not end the order for the others. */
  private void tryToAct(Order order, AGServerSocket socket) {
    try {
      act(order, socket);
    } catch (RuntimeException e) {
      failures.failed("An order of agServer.cluster() failed for a socket", e);
    }
  }

  private static void act(Order order, AGServerSocket socket) {
    switch (order.action()) {
      case COUNT -> {}
      case KICK_OUT -> {
        if (order.channel() == null) {
          socket.kickOut(order.text());
        } else {
          socket.kickOut(order.channel(), order.text());
        }
      }
      case DISCONNECT -> socket.disconnect(order.code(), order.text());
      case DEAUTHENTICATE -> socket.deauthenticate();
    }
  }
}
