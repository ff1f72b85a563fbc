// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.EventName;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Emits what happens to one socket: on the socket itself and on its server. Thread-safe. */
final class SocketEvents {
  private final AGServerSocket socket;
  private final AGServer server;

  SocketEvents(AGServerSocket socket, AGServer server) {
    this.socket = socket;
    this.server = server;
  }

  /** An error of a socket is a warning of the server. */
  void error(Throwable error) {
    socket.emitError(error);
  }

  void subscribed(String channel, JsonNode options) {
    socket.emit(AGServerSocket.SUBSCRIBE, new SocketEvent.Subscribe(channel, options));
    server.emit(AGServer.SUBSCRIPTION, new ServerEvent.Subscription(socket, channel, options));
  }

  void unsubscribed(String channel) {
    socket.emit(AGServerSocket.UNSUBSCRIBE, new SocketEvent.Unsubscribe(channel));
    server.emit(AGServer.UNSUBSCRIPTION, new ServerEvent.Unsubscription(socket, channel));
  }

  /** Closed in the handshake or after it, then closed at all. */
  void closed(boolean wasOpen, int code, @Nullable String reason) {
    SocketEvent.Closed event = new SocketEvent.Closed(code, reason);
    ServerEvent.Closed serverEvent = new ServerEvent.Closed(socket, code, reason);
    EventName<SocketEvent.Closed> name =
        wasOpen ? AGServerSocket.DISCONNECT : AGServerSocket.CONNECT_ABORT;
    EventName<ServerEvent.Closed> serverName =
        wasOpen ? AGServer.DISCONNECTION : AGServer.CONNECTION_ABORT;
    socket.emit(name, event);
    server.emit(serverName, serverEvent);
    socket.emit(AGServerSocket.CLOSE, event);
    server.emit(AGServer.CLOSURE, serverEvent);
  }
}
