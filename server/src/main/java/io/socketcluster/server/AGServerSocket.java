// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.EventName;
import io.socketcluster.core.ProcedureFamily;
import io.socketcluster.core.ReceiverFamily;
import io.socketcluster.core.SocketState;
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
import tools.jackson.databind.JsonNode;

/**
 * The server's end of a client's connection. Every method is thread-safe. None of them blocks but
 * {@code setAuthToken}, {@code deauthenticate} and {@code kickOut}, which return when what they do
 * is in force.
 *
 * <p>Documented by SocketCluster as {@code AGServerSocket} (docs/api-ag-server-socket.md).
 */
public interface AGServerSocket extends AsyncStreamEmitter, ReceiverFamily, ProcedureFamily {
  /** Something went wrong on this socket. */
  EventName<SocketEvent.Failure> ERROR = new EventName<>("error");

  /** A message arrived that is no packet. */
  EventName<SocketEvent.Raw> RAW = new EventName<>("raw");

  /**
   * A message arrived: everything that comes, in the order in which it comes, before it is
   * processed. Only for consumers that are there at that moment; costs nothing without one.
   */
  EventName<SocketEvent.Message> MESSAGE = new EventName<>("message");

  /** The handshake is complete. */
  EventName<SocketEvent.Connect> CONNECT = new EventName<>("connect");

  /** The socket closed before its handshake was complete. */
  EventName<SocketEvent.Closed> CONNECT_ABORT = new EventName<>("connectAbort");

  /** The socket closed after its handshake. */
  EventName<SocketEvent.Closed> DISCONNECT = new EventName<>("disconnect");

  /** The socket closed, before or after its handshake. */
  EventName<SocketEvent.Closed> CLOSE = new EventName<>("close");

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

  /** The state of a socket in the middle of its handshake. */
  SocketState CONNECTING = SocketState.CONNECTING;

  /** The state of a socket that has completed its handshake. */
  SocketState OPEN = SocketState.OPEN;

  /** The state of a socket that has closed. */
  SocketState CLOSED = SocketState.CLOSED;

  /** The authentication state of a socket with a token. */
  AuthState AUTHENTICATED = AuthState.AUTHENTICATED;

  /** The authentication state of a socket without a token. */
  AuthState UNAUTHENTICATED = AuthState.UNAUTHENTICATED;

  /** Returns the id: 20 URL-safe characters, unique in this server. */
  String id();

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

  /** Returns where the socket is in its life. */
  SocketState state();

  /** Returns whether the socket has a valid auth token. */
  AuthState authState();

  /** Returns the claims of the auth token, or null; they must not be changed. */
  @Nullable JsonNode authToken();

  /** Returns the auth token as it was signed, or null. */
  @Nullable String signedAuthToken();

  /**
   * Sends an event that needs no answer. When the socket is not open, a {@link BadConnectionError}
   * shows as its {@code error} event.
   *
   * @param data anything that Jackson can write; null sends no data
   */
  void transmit(String event, @Nullable Object data);

  /**
   * Calls a procedure of the client and waits for the answer for {@code ackTimeout}.
   *
   * @param data anything that Jackson can write; null sends no data
   * @return the answer, a {@code MissingNode} when it has no data; or a {@link TimeoutError}, a
   *     {@link BadConnectionError} or the client's own error
   */
  default CompletableFuture<JsonNode> invoke(String event, @Nullable Object data) {
    return invoke(event, data, server().options().ackTimeout());
  }

  /** Calls a procedure of the client and waits for the answer for {@code ackTimeout}. */
  CompletableFuture<JsonNode> invoke(String event, @Nullable Object data, Duration ackTimeout);

  /**
   * Sends a message that is no packet: the client emits it as {@code raw}. It is sent at once, past
   * any batch. When the socket is closed, a {@link BadConnectionError} shows as its {@code error}
   * event.
   *
   * @param message sent as text; an empty one is a ping
   */
  void send(String message);

  /** Sends bytes that are no packet, in the same way. */
  void send(byte[] message);

  /**
   * Begins a batch: what the socket is sent from now on (events, calls, answers, publishes) waits
   * until {@link #flushBatch} sends it as one message. A batch that reaches 64 KiB is sent at once,
   * and closing the socket sends it. Without effect when one has begun.
   */
  void startBatch();

  /** Sends the batch that has begun, and what follows without delay. */
  void flushBatch();

  /** Drops the batch that has begun: calls in it fail when their time is over. */
  void cancelBatch();

  /**
   * Begins batches, one after the other, each sent {@code batchInterval} after its first packet.
   */
  void startBatching();

  /** Sends the batch that has begun, and what follows without delay. */
  void stopBatching();

  /** Drops the batch that has begun, and sends what follows without delay. */
  void cancelBatching();

  /** Returns whether what the socket is sent now waits for a batch. */
  boolean isBufferingBatch();

  /** Returns whether {@link #startBatching} is in force. */
  boolean isBatching();

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

  /** Closes the connection with 1000. */
  default void disconnect() {
    disconnect(1000, null);
  }

  /**
   * Closes the connection; what was sent before is delivered first. Without effect when it is
   * closed.
   *
   * @param code 1000 or 3000 to 4999; the stock client never comes back after 1000 or any code from
   *     4500 on
   * @param reason at most 123 bytes of UTF-8 reach the client
   * @throws AGException an {@code InvalidArgumentsError} for any other code
   */
  void disconnect(int code, @Nullable String reason);

  /** Closes the TCP connection at once; the client sees 1006. */
  void terminate();

  /** Returns how many bytes the messages had that have arrived. */
  long getBytesReceived();

  /**
   * Emits an error of this socket, which is a warning of its server, and logs it when nobody
   * listens to either.
   */
  default void emitError(Throwable error) {
    emit(ERROR, new SocketEvent.Failure(error));
    server().emitWarning(error);
  }

  /** Ends the consumers of all streams of this socket after what they have not taken yet. */
  default void closeAllStreams() {
    closeAllReceivers();
    closeAllProcedures();
    closeAllListeners();
  }

  /** Ends the consumers of all streams of this socket at once. */
  default void killAllStreams() {
    killAllReceivers();
    killAllProcedures();
    killAllListeners();
  }

  /** Returns how many inbound packets and messages wait to be processed. */
  int getInboundBackpressure();

  /**
   * Returns how many messages wait on their way to the client: for the middleware, in a batch, and
   * for the client to read them. What the system has taken already is not known, and publishes that
   * were sent in one piece count as one.
   */
  int getOutboundBackpressure();

  /** Returns how many bytes wait on their way to the client, likewise. */
  long getOutboundBufferedBytes();

  /** Returns the highest backpressure of the socket: inbound, outbound and of all its streams. */
  default int getBackpressure() {
    int streams =
        Math.max(
            getAllListenersBackpressure(),
            Math.max(getAllReceiversBackpressure(), getAllProceduresBackpressure()));
    return Math.max(streams, Math.max(getInboundBackpressure(), getOutboundBackpressure()));
  }
}
