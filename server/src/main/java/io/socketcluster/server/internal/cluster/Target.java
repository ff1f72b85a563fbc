// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.tokens.TokenRevocation;
import tools.jackson.databind.JsonNode;

/** The sockets that an order is about. */
sealed interface Target {
  /** Returns whether a socket is meant. */
  boolean includes(AGServerSocket socket);

  /** All sockets. */
  record Everyone() implements Target {
    @Override
    public boolean includes(AGServerSocket socket) {
      return true;
    }
  }

  /** The socket with this id. */
  record SocketId(String id) implements Target {
    @Override
    public boolean includes(AGServerSocket socket) {
      return socket.id().equals(id);
    }
  }

  /** The sockets whose token has this claim. */
  record Claim(String name, JsonNode value) implements Target {
    @Override
    public boolean includes(AGServerSocket socket) {
      JsonNode token = socket.authToken();
      return token != null && value.equals(token.get(name));
    }
  }

  /** The sockets whose token is revoked by this. */
  record Revoked(TokenRevocation revocation) implements Target {
    @Override
    public boolean includes(AGServerSocket socket) {
      JsonNode token = socket.authToken();
      return token != null && revocation.covers(token);
    }
  }

  /** The sockets that are subscribed to this channel. */
  record Subscribers(String channel) implements Target {
    @Override
    public boolean includes(AGServerSocket socket) {
      return socket.isSubscribed(channel);
    }
  }
}
