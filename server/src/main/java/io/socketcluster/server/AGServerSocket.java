// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.core.AGSocket;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.EventName;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthError;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a client's connection. Every method is thread-safe. None of them blocks but
 * {@code setAuthToken}, {@code deauthenticate} and {@code kickOut}, which return when what they do
 * is in force.
 *
 * <p>Documented by SocketCluster as {@code AGServerSocket} (docs/api-ag-server-socket.md).
 */
public interface AGServerSocket extends AGSocket {
  /** The last event of a socket. */
  EventName<SocketEvent.End> END = new EventName<>("end");

  /** The socket subscribed to a channel. */
  EventName<SocketEvent.Subscribe> SUBSCRIBE = new EventName<>("subscribe");

  /** The socket unsubscribed from a channel. */
  EventName<SocketEvent.Unsubscribe> UNSUBSCRIBE = new EventName<>("unsubscribe");

  /** The authentication state changed. */
  EventName<SocketEvent.AuthStateChange> AUTH_STATE_CHANGE = new EventName<>("authStateChange");

  /** The socket was authenticated. */
  EventName<SocketEvent.Authenticate> AUTHENTICATE = new EventName<>("authenticate");

  /** The socket lost its token. */
  EventName<SocketEvent.Deauthenticate> DEAUTHENTICATE = new EventName<>("deauthenticate");

  /** A token was signed for this socket. */
  EventName<SocketEvent.AuthTokenSigned> AUTH_TOKEN_SIGNED = new EventName<>("authTokenSigned");

  /** The client tried to authenticate with a bad token. */
  EventName<SocketEvent.BadAuthToken> BAD_AUTH_TOKEN = new EventName<>("badAuthToken");

  /** Returns the id: 20 URL-safe characters, unique in this server. */
  @Override
  String id();

  @Override
  default Duration ackTimeout() {
    return server().options().ackTimeout();
  }

  /** Returns the server that the socket belongs to. */
  AGServer server();

  /** Returns the server's exchange. */
  default AGExchange exchange() {
    return server().exchange();
  }

  /** Returns the HTTP request with which the socket came. */
  UpgradeRequest request();

  /** Returns the endpoint of the server that the client connected to. */
  AGEndpoint endpoint();

  /**
   * Returns the version of the protocol that the client speaks; {@link ProtocolVersion#DETECT} as
   * long as that has not been found out.
   */
  ProtocolVersion protocolVersion();

  /**
   * Returns the address of the peer, which is a proxy where there is one, or null when the
   * transport has none; {@code getHostAddress()} is the text that SocketCluster for Node has here.
   * {@link UpgradeRequest#clientAddress} is that of the client in both cases.
   */
  default @Nullable InetAddress remoteAddress() {
    return request().remoteAddress();
  }

  /** Returns {@code IPv4}, {@code IPv6}, or null when the transport has no addresses. */
  default @Nullable String remoteFamily() {
    return request().remoteFamily();
  }

  /** Returns the port of the peer, or 0 when the transport has none. */
  default int remotePort() {
    return request().remotePort();
  }

  /**
   * Returns the address of the client as a proxy says that is one of {@code trustedProxies}, else
   * null. No client can make it up.
   */
  default @Nullable InetAddress forwardedForAddress() {
    return request().forwardedForAddress();
  }

  /** Signs a token for the client and sends it, as {@link AuthTokenOptions#DEFAULT} says. */
  default CompletableFuture<Void> setAuthToken(Object authToken) {
    return setAuthToken(authToken, AuthTokenOptions.DEFAULT);
  }

  /**
   * Signs a token for the client and sends it. The socket is authenticated when this returns.
   *
   * @param authToken the claims: anything that Jackson writes as an object
   * @return complete when the token was sent or, with {@code rejectOnFailedDelivery}, when the
   *     client has stored it; otherwise an {@link AuthError}
   * @throws InvalidActionError before the handshake is complete
   * @throws AGException when the token cannot be signed; the socket is closed with 4002
   */
  CompletableFuture<Void> setAuthToken(Object authToken, AuthTokenOptions options);

  /** Takes the token from the socket and tells the client to remove it. */
  default void deauthenticate() {
    deauthenticate(DeauthenticateOptions.DEFAULT);
  }

  /**
   * Takes the token from the socket and tells the client to remove it. The socket is
   * unauthenticated when this returns.
   *
   * @return complete when the client was told or, with {@code rejectOnFailedDelivery}, when it has
   *     removed the token; otherwise a {@link BadConnectionError}, a {@link TimeoutError} or the
   *     client's own error
   */
  CompletableFuture<Void> deauthenticate(DeauthenticateOptions options);

  /** Takes the token from the socket without telling the client. */
  void deauthenticateSelf();

  /** Ends the subscription to a channel and tells the client why; without one nothing happens. */
  void kickOut(String channel, @Nullable String message);

  /**
   * Ends the subscriptions to these channels and tells the client why; where there is none nothing
   * happens.
   */
  void kickOut(Collection<String> channels, @Nullable String message);

  /** Ends all subscriptions and tells the client why. */
  void kickOut(@Nullable String message);

  /** Returns the names of the channels that the socket is subscribed to. */
  Set<String> subscriptions();

  /** Returns whether the socket is subscribed to a channel. */
  boolean isSubscribed(String channel);

  /** Closes the TCP connection at once; the client sees 1006. */
  void terminate();

  /**
   * Emits an error of this socket, which is a warning of its server, and logs it when nobody
   * listens to either.
   */
  default void emitError(Throwable error) {
    emit(ERROR, new ConnectionEvent.Failure(error));
    server().emitWarning(error);
  }

  /** Returns how many inbound packets and messages wait to be processed. */
  int getInboundBackpressure();

  /**
   * Returns how many messages wait on their way to the client: for the middleware, in a batch, and
   * for the client to read them. What the system has taken already is not known, and publishes that
   * were sent in one piece count as one.
   */
  int getOutboundBackpressure();

  /** Returns the highest backpressure of the socket: inbound, outbound and of all its streams. */
  @Override
  default int getBackpressure() {
    return Math.max(
        AGSocket.super.getBackpressure(),
        Math.max(getInboundBackpressure(), getOutboundBackpressure()));
  }
}
