// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.internal.cluster.Target.SocketId;
import io.socketcluster.server.internal.tokens.RevokedTokens;
import io.socketcluster.server.tokens.TokenRevocation;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Follows orders on the sockets of this server. Blocks: only for virtual threads. */
final class OwnSockets {
  private final Map<String, AGServerSocket> clients;
  private final RevokedTokens revoked;
  private final ClusterFailures failures;

  /**
   * @param clients a live view of the sockets that have completed their handshake, by id
   */
  OwnSockets(Map<String, AGServerSocket> clients, RevokedTokens revoked, ClusterFailures failures) {
    this.clients = clients;
    this.revoked = revoked;
    this.failures = failures;
  }

  /** Follows an order; returns for how many sockets. */
  long follow(Order order) {
    if (order.target() instanceof Target.Revoked(TokenRevocation revocation)) {
      return revoke(List.of(revocation));
    }
    long found = 0;
    for (AGServerSocket socket : candidates(order.target())) {
      if (order.target().includes(socket)) {
        found++;
        tryToAct(order, socket);
      }
    }
    return found;
  }

  /**
   * Revokes tokens; returns how many sockets have lost theirs.
   *
   * @throws ResourceLimitError if there are too many, after the others have had their effect
   */
  long revoke(List<TokenRevocation> revocations) {
    boolean isKept = true;
    for (TokenRevocation each : revocations) {
      isKept &= revoked.add(each);
    }
    long found = revoked.takeFromSockets();
    if (!isKept) {
      throw tooMany();
    }
    return found;
  }

  static ResourceLimitError tooMany() {
    return new ResourceLimitError("Too many tokens are revoked, see tokenRevocationLimit");
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
      case COUNT, REVOKE -> {}
      case KICK_OUT -> {
        if (order.channel() == null) {
          socket.kickOut(order.text());
        } else {
          socket.kickOut(order.channel(), order.text());
        }
      }
      case DISCONNECT -> socket.disconnect(order.code(), order.text());
      case DEAUTHENTICATE -> socket.deauthenticate();
      case RECHECK -> {
        if (order.channel() != null) {
          socket.recheck(order.channel());
        }
      }
    }
  }
}
