// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.EventName;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.server.internal.middleware.MiddlewareReports;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Emits what happens to one socket: on the socket itself and on its server. Thread-safe. */
final class SocketEvents implements MiddlewareReports {
  private final AGServerSocket socket;
  private final SocketHost host;
  private final AGServer server;

  SocketEvents(AGServerSocket socket, SocketHost host) {
    this.socket = socket;
    this.host = host;
    this.server = host.server();
  }

  /** An error of a socket, which its client can cause, is a warning of the server. */
  void error(Throwable error) {
    tell(error);
    server.emit(AGServer.WARNING, new ServerEvent.Warning(error));
  }

  @Override
  public void refused(Throwable reason) {
    error(reason);
  }

  /** A fault of the application: emitted likewise, and logged if nobody listens. */
  @Override
  public void failed(String event, Throwable failure) {
    boolean isHeard = socket.getListenerConsumerCount(AGServerSocket.ERROR.name()) > 0;
    tell(failure);
    host.failed(event, failure, isHeard);
  }

  /** A failure of those who listen to errors: they are not told again, the server is. */
  void unheard(String event, Throwable failure) {
    host.failed(event, failure, false);
  }

  private void tell(Throwable error) {
    socket.emit(AGServerSocket.ERROR, new SocketEvent.Failure(error));
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
