// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.core.AGSocket;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.EventName;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthError;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a client's connection. Every method is thread-safe. Only {@code
 * setAuthToken}, {@code deauthenticate} and {@code kickOut} block; they return when their effect is
 * in place.
 *
 * <p>Documented by SocketCluster as {@code AGServerSocket} (docs/api-ag-server-socket.md).
 */
public interface AGServerSocket extends AGSocket {
  /** The last event of the socket. */
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

  /** Returns the server of this socket. */
  AGServer server();

  /** Returns the server's exchange. */
  default AGExchange exchange() {
    return server().exchange();
  }

  /** Returns the HTTP request of the upgrade. */
  UpgradeRequest request();

  /** Returns the endpoint to which the client connected. */
  AGEndpoint endpoint();

  /**
   * Returns the version of the protocol that the client speaks, or {@link ProtocolVersion#DETECT}
   * until it is detected.
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

  /** Returns {@code IPv4}, {@code IPv6}, or null if the transport has no addresses. */
  default @Nullable String remoteFamily() {
    return request().remoteFamily();
  }

  /** Returns the port of the peer, or 0 if the transport has no addresses. */
  default int remotePort() {
    return request().remotePort();
  }

  /**
   * Returns the client's address as reported by a proxy in {@code trustedProxies}, or null. Clients
   * cannot forge it.
   */
  default @Nullable InetAddress forwardedForAddress() {
    return request().forwardedForAddress();
  }

  /** Signs a token for the client and sends it, with {@link AuthTokenOptions#DEFAULT}. */
  default CompletableFuture<Void> setAuthToken(Object authToken) {
    return setAuthToken(authToken, AuthTokenOptions.DEFAULT);
  }

  /**
   * Signs a token for the client and sends it. The socket is authenticated when this method
   * returns.
   *
   * @param authToken the claims: anything that Jackson writes as an object
   * @return complete when the token was sent or, with {@code rejectOnFailedDelivery}, when the
   *     client has stored it; otherwise an {@link AuthError}
   * @throws InvalidActionError before the handshake is complete
   * @throws AGException when the token cannot be signed; the socket is closed with 4002
   */
  CompletableFuture<Void> setAuthToken(Object authToken, AuthTokenOptions options);

  /** Removes the socket's token and tells the client to remove it. */
  default void deauthenticate() {
    deauthenticate(DeauthenticateOptions.DEFAULT);
  }

  /**
   * Removes the socket's token and tells the client to remove it. The socket is unauthenticated
   * when this method returns.
   *
   * @return complete when the client was told or, with {@code rejectOnFailedDelivery}, when it has
   *     removed the token; otherwise a {@link BadConnectionError}, a {@link TimeoutError} or the
   *     client's own error
   */
  CompletableFuture<Void> deauthenticate(DeauthenticateOptions options);

  /** Removes the socket's token without telling the client. */
  void deauthenticateSelf();

  /**
   * Ends the subscription to a channel and tells the client the reason. Without effect if there is
   * no such subscription.
   */
  void kickOut(String channel, @Nullable String message);

  /**
   * Ends the subscriptions to these channels and tells the client the reason. Channels without a
   * subscription are skipped.
   */
  void kickOut(Collection<String> channels, @Nullable String message);

  /** Ends all subscriptions and tells the client the reason. */
  void kickOut(@Nullable String message);

  /**
   * Asks the {@linkplain AGServer#channelRules rules} again about the subscriptions of this socket,
   * and kicks it out of the channels that it may not be subscribed to any more. Returns at once. A
   * subscription that is being decided is asked about as well.
   *
   * <p>The rules are asked when no packet of the socket waits for a decision, for a handler that is
   * behind or for its rate limit. Until then the socket receives messages: a client can prolong
   * that by sending much. {@link #kickOut(String, String)} ends a subscription at once.
   *
   * @param pattern a name, or the beginning of names followed by {@code *}
   * @throws InvalidArgumentsError if {@code *} is somewhere else than at the end
   */
  void recheck(String pattern);

  /** Returns the names of the channels that the socket is subscribed to. */
  Set<String> subscriptions();

  /** Returns whether the socket is subscribed to a channel. */
  boolean isSubscribed(String channel);

  /** Closes the TCP connection at once; the client sees 1006. */
  void terminate();

  /**
   * Emits an error of this socket, which its server emits as a warning, and logs it if neither has
   * a listener.
   */
  default void emitError(Throwable error) {
    emit(ERROR, new ConnectionEvent.Failure(error));
    server().emitWarning(error);
  }

  /** Returns the number of inbound packets and messages that wait to be processed. */
  int getInboundBackpressure();

  /**
   * Returns the number of messages queued for the client: for the middleware, in a batch, and until
   * the client reads them. Data in the operating system's buffers is not visible, and publishes
   * sent together count as one.
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
