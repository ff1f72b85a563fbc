// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.core.AuthState;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.EventName;
import io.socketcluster.core.streams.FailureReports;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.server.internal.middleware.MiddlewareReports;
import io.socketcluster.stream.StreamDemux;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Emits what happens to one socket, on the socket itself and on its server. No other part knows the
 * socket as the application sees it. Thread-safe.
 */
public final class SocketEvents implements MiddlewareReports, FailureReports {
  private final AGServerSocket socket;
  private final EventHost host;
  private volatile @Nullable ServerSideItems serverSide; // made when there are some

  public SocketEvents(AGServerSocket socket, EventHost host) {
    this.socket = socket;
    this.host = host;
  }

  /** Returns the socket for code of the application that has to be given it. */
  public AGServerSocket socket() {
    return socket;
  }

  /** Returns the options of the server. */
  public AGServerOptions options() {
    return host.options();
  }

  public <E> void emit(EventName<E> name, E event) {
    socket.emit(name, event);
  }

  /** Emits an event of the server, which counts for this socket until it is handled. */
  private <E extends ServerEvent> void emitOnServer(EventName<E> name, E event) {
    AGServer server = host.server();
    server.emit(name, event);
    StreamDemux<Object> listeners = server.listenerDemux();
    if (listeners.getConsumerCount(name.name()) > 0) {
      HeldItems held = new HeldItems();
      held.add(name.name(), event);
      serverSide().written(listeners, name.name(), held.bytes());
    }
  }

  /** Returns the observer of the server and its sockets. */
  public ServerObserver observer() {
    return host.observer();
  }

  /** The socket has sent a message of this size to its client. */
  public void sent(int bytes) {
    host.observer().messageSent(socket, bytes);
  }

  /** The socket has published: it counts for this socket until the exchange has handled it. */
  public void published(String channel, @Nullable Payload data) {
    host.observer().published(socket, channel);
    StreamDemux<Payload> exchange = host.server().brokerEngine().exchange().channelDataDemux();
    if (exchange.getConsumerCount(channel) > 0) {
      HeldItems held = new HeldItems();
      held.addPublish(channel, data);
      serverSide().written(exchange, channel, held.bytes());
    }
  }

  /** Two threads may make one each at first: then a few items are not counted. */
  private ServerSideItems serverSide() {
    ServerSideItems existing = serverSide;
    if (existing == null) {
      existing = new ServerSideItems();
      serverSide = existing;
    }
    return existing;
  }

  /** Returns about how many bytes consumers of the server keep of this socket. */
  public long heldByServerBytes() {
    ServerSideItems existing = serverSide;
    return existing == null ? 0 : existing.heldBytes();
  }

  /** An error of a socket, which its client can cause, is a warning of the server. */
  @Override
  public void error(Throwable error) {
    tell(error);
    emitOnServer(AGServer.WARNING, new ServerEvent.Warning(error));
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

  /** A failure of a listener to errors is emitted on the server only. */
  @Override
  public void unheard(String event, Throwable failure) {
    host.failed(event, failure, false);
  }

  private void tell(Throwable error) {
    socket.emit(AGServerSocket.ERROR, new ConnectionEvent.Failure(error));
  }

  /** A message has come, whatever is in it. */
  public void message(byte[] message) {
    if (socket.getListenerConsumerCount(AGServerSocket.MESSAGE.name()) > 0) {
      socket.emit(AGServerSocket.MESSAGE, new ConnectionEvent.Message(message));
    }
  }

  /** The client has called a procedure that nobody consumes. */
  public void unconsumed(String procedure) {
    host.onUnconsumed(procedure);
  }

  /** The application has left a call without an answer. */
  public void unanswered(String procedure) {
    host.onUnanswered(procedure);
  }

  /** The handshake is complete; the mark tells when the application has handled that. */
  public ConnectionMark opened(boolean isAuthenticated, @Nullable AGException authError) {
    Duration pingTimeout = options().pingTimeout();
    String id = socket.id();
    socket.emit(
        AGServerSocket.CONNECT,
        new ConnectionEvent.Connect(id, pingTimeout, isAuthenticated, authError));
    return host.emitConnection(
        new ServerEvent.Connection(socket, id, pingTimeout, isAuthenticated, authError));
  }

  public void subscribed(String channel, JsonNode options) {
    socket.emit(AGServerSocket.SUBSCRIBE, new SocketEvent.Subscribe(channel, options));
    emitOnServer(AGServer.SUBSCRIPTION, new ServerEvent.Subscription(socket, channel, options));
  }

  public void unsubscribed(String channel) {
    socket.emit(AGServerSocket.UNSUBSCRIBE, new SocketEvent.Unsubscribe(channel));
    emitOnServer(AGServer.UNSUBSCRIPTION, new ServerEvent.Unsubscription(socket, channel));
  }

  public void authenticated(JsonNode claims) {
    socket.emit(AGServerSocket.AUTHENTICATE, new SocketEvent.Authenticate(claims));
    emitOnServer(AGServer.AUTHENTICATION, new ServerEvent.Authentication(socket, claims));
  }

  public void deauthenticated(@Nullable JsonNode oldClaims) {
    socket.emit(AGServerSocket.DEAUTHENTICATE, new SocketEvent.Deauthenticate(oldClaims));
    emitOnServer(AGServer.DEAUTHENTICATION, new ServerEvent.Deauthentication(socket, oldClaims));
  }

  public void authStateChanged(AuthState oldState, AuthState newState, @Nullable JsonNode claims) {
    socket.emit(
        AGServerSocket.AUTH_STATE_CHANGE,
        new SocketEvent.AuthStateChange(oldState, newState, claims));
    emitOnServer(
        AGServer.AUTHENTICATION_STATE_CHANGE,
        new ServerEvent.AuthenticationStateChange(socket, oldState, newState, claims));
  }

  public void badToken(AGException error, String signed) {
    socket.emit(AGServerSocket.BAD_AUTH_TOKEN, new SocketEvent.BadAuthToken(error, signed));
    emitOnServer(
        AGServer.BAD_SOCKET_AUTH_TOKEN, new ServerEvent.BadSocketAuthToken(socket, error, signed));
  }

  /** Closed in the handshake or after it, then closed at all. */
  public void closed(boolean wasOpen, int code, @Nullable String reason) {
    ConnectionEvent.Closed event = new ConnectionEvent.Closed(code, reason);
    ServerEvent.Closed serverEvent = new ServerEvent.Closed(socket, code, reason);
    EventName<ConnectionEvent.Closed> name =
        wasOpen ? AGServerSocket.DISCONNECT : AGServerSocket.CONNECT_ABORT;
    EventName<ServerEvent.Closed> serverName =
        wasOpen ? AGServer.DISCONNECTION : AGServer.CONNECTION_ABORT;
    socket.emit(name, event);
    emitOnServer(serverName, serverEvent);
    socket.emit(AGServerSocket.CLOSE, event);
    emitOnServer(AGServer.CLOSURE, serverEvent);
  }
}
