// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelFamily;
import io.socketcluster.core.ChannelState;
import io.socketcluster.core.EventName;
import io.socketcluster.core.ProcedureFamily;
import io.socketcluster.core.ReceiverFamily;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenError;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A connection to a SocketCluster server that comes back by itself. What is sent while it is not
 * open waits until it is, in order, for at most the {@code ackTimeout}; channels are subscribed
 * again.
 *
 * <p>Every method is thread-safe. {@code call} waits for its answer; {@code connect}, {@code
 * disconnect}, {@code reconnect}, {@code subscribe}, {@code unsubscribe} and the methods of
 * authentication return when the state of the socket and its channels shows what they did, and wait
 * for nothing else; the others do not block. Futures are completed on virtual threads. What threads
 * send one after the other is sent in that order.
 *
 * <p>Documented by SocketCluster as {@code AGClientSocket} (docs/api-ag-client-socket.md).
 */
public interface AGClientSocket
    extends AsyncStreamEmitter, ReceiverFamily, ProcedureFamily, ChannelFamily {
  /**
   * Something went wrong on this socket: it closed with a code that is an error, a handler threw,
   * the token could not be kept, something that was to be sent has been dropped.
   */
  EventName<ClientEvent.Failure> ERROR = new EventName<>("error");

  /** The socket begins to connect. */
  EventName<ClientEvent.Connecting> CONNECTING_EVENT = new EventName<>("connecting");

  /** The handshake is complete. */
  EventName<ClientEvent.Connect> CONNECT = new EventName<>("connect");

  /** The connection ended before its handshake was complete. */
  EventName<ClientEvent.Closed> CONNECT_ABORT = new EventName<>("connectAbort");

  /** The connection ended after its handshake. */
  EventName<ClientEvent.Closed> DISCONNECT = new EventName<>("disconnect");

  /** The connection ended, before or after its handshake. */
  EventName<ClientEvent.Closed> CLOSE = new EventName<>("close");

  /** A message arrived that is no packet. */
  EventName<ClientEvent.Raw> RAW = new EventName<>("raw");

  /**
   * A message arrived: everything that comes, before it is processed. Only for consumers that are
   * there at that moment; costs nothing without one.
   */
  EventName<ClientEvent.Message> MESSAGE = new EventName<>("message");

  /** The server ended the subscription to a channel. */
  EventName<ClientEvent.KickOut> KICK_OUT = new EventName<>("kickOut");

  /** The server is asked for a subscription. */
  EventName<ClientEvent.SubscribeRequest> SUBSCRIBE_REQUEST = new EventName<>("subscribeRequest");

  /** A channel is subscribed. */
  EventName<ChannelEvent.Subscribe> SUBSCRIBE = ChannelEvent.SUBSCRIBE;

  /** The server refused a subscription. */
  EventName<ChannelEvent.SubscribeFail> SUBSCRIBE_FAIL = ChannelEvent.SUBSCRIBE_FAIL;

  /** A subscription ended. */
  EventName<ChannelEvent.Unsubscribe> UNSUBSCRIBE = ChannelEvent.UNSUBSCRIBE;

  /** The state of a channel is another one. */
  EventName<ChannelEvent.SubscribeStateChange> SUBSCRIBE_STATE_CHANGE =
      ChannelEvent.SUBSCRIBE_STATE_CHANGE;

  /** The authentication state changed. */
  EventName<ClientEvent.AuthStateChange> AUTH_STATE_CHANGE = new EventName<>("authStateChange");

  /** The socket was authenticated. */
  EventName<ClientEvent.Authenticate> AUTHENTICATE = new EventName<>("authenticate");

  /** The socket lost its token. */
  EventName<ClientEvent.Deauthenticate> DEAUTHENTICATE = new EventName<>("deauthenticate");

  /** The token that was kept is forgotten. */
  EventName<ClientEvent.RemoveAuthToken> REMOVE_AUTH_TOKEN = new EventName<>("removeAuthToken");

  /** The state of a socket that connects or is in its handshake. */
  SocketState CONNECTING = SocketState.CONNECTING;

  /** The state of a socket that has completed its handshake. */
  SocketState OPEN = SocketState.OPEN;

  /** The state of a socket without a connection. */
  SocketState CLOSED = SocketState.CLOSED;

  /** The authentication state of a socket with a token that the server has accepted. */
  AuthState AUTHENTICATED = AuthState.AUTHENTICATED;

  /** The authentication state of a socket without one. */
  AuthState UNAUTHENTICATED = AuthState.UNAUTHENTICATED;

  /** The state of a channel that is subscribed. */
  ChannelState SUBSCRIBED = ChannelState.SUBSCRIBED;

  /** The state of a channel whose subscription is not confirmed yet. */
  ChannelState PENDING = ChannelState.PENDING;

  /** The state of a channel that is not subscribed. */
  ChannelState UNSUBSCRIBED = ChannelState.UNSUBSCRIBED;

  /** Returns the id that the server has given this connection; null unless the socket is open. */
  @Nullable String id();

  /** Returns the id that tells this socket from others of this JVM and of others, made here. */
  String clientId();

  /** Returns the options that the present or the next connection is made with. */
  AGClientOptions options();

  /** Returns what the socket connects to. */
  URI uri();

  /** Returns where the socket is in its life. */
  SocketState state();

  /** Returns whether the socket will connect again by itself. */
  boolean pendingReconnect();

  /** Returns how long it waits before that, all in all; null when it does not. */
  @Nullable Duration pendingReconnectTimeout();

  /** Returns how many attempts to connect again have begun since the socket was open. */
  int connectAttempts();

  /**
   * Returns how long the server may be silent: what it said in the handshake, before that the
   * {@code connectTimeout}.
   */
  Duration pingTimeout();

  /** Begins to connect, unless the socket does that already or is open. */
  void connect();

  /**
   * Begins to connect with other options. An open connection is closed with 1000 before.
   *
   * @param options all options, not only those that change
   */
  void connect(AGClientOptions options);

  /** Closes the connection with 1000. The socket does not come back by itself. */
  default void disconnect() {
    disconnect(1000, null);
  }

  /**
   * Closes the connection; what was sent before is delivered first. The socket comes back by itself
   * unless the code is 1000 or 4500 or more; when it was closed already, it does not.
   *
   * @param code 1000 or 3000 to 4999
   * @param reason at most 123 bytes of UTF-8 reach the server
   * @throws InvalidArgumentsError for any other code
   */
  void disconnect(int code, @Nullable String reason);

  /** Closes the connection with 1000 and connects again at once. */
  default void reconnect() {
    reconnect(1000, null);
  }

  /**
   * Closes the connection and connects again at once.
   *
   * @throws InvalidArgumentsError as {@link #disconnect(int, String)} does
   */
  void reconnect(int code, @Nullable String reason);

  /**
   * Sends an event that needs no answer; connects first if need be. An event that could not be sent
   * within the {@code ackTimeout} is dropped, and so is one that waits when a connection fails.
   *
   * @param data anything that Jackson can write; null sends no data
   * @throws InvalidArgumentsError when the data cannot be written
   * @throws ResourceLimitError when more than {@code outboundBufferLimit} bytes wait already
   */
  void transmit(String event, @Nullable Object data);

  /**
   * Calls a procedure of the server; connects first if need be.
   *
   * @param data anything that Jackson can write; null sends no data
   * @return the answer, a {@code MissingNode} when it has no data; or a {@link TimeoutError} after
   *     the {@code ackTimeout}, a {@link BadConnectionError}, a {@link ResourceLimitError} when too
   *     much waits, or the server's own error
   * @throws InvalidArgumentsError when the data cannot be written
   */
  default CompletableFuture<JsonNode> invoke(String event, @Nullable Object data) {
    return invoke(event, data, JsonNode.class);
  }

  /**
   * Calls a procedure of the server, and waits for the answer for {@code ackTimeout} at most. The
   * rest is as {@link #invoke(String, Object)} says.
   */
  default CompletableFuture<JsonNode> invoke(
      String event, @Nullable Object data, Duration ackTimeout) {
    return invoke(event, data, JsonNode.class, ackTimeout);
  }

  /**
   * Calls a procedure of the server and binds the answer to {@code type}. The future fails with an
   * {@link InvalidArgumentsError} when that is impossible. The rest is as {@link #invoke(String,
   * Object)} says.
   */
  default <T> CompletableFuture<T> invoke(String event, @Nullable Object data, Class<T> type) {
    return invoke(event, data, type, options().ackTimeout());
  }

  /**
   * Calls a procedure of the server, binds the answer to {@code type} and waits for it for {@code
   * ackTimeout} at most. The rest is as {@link #invoke(String, Object)} says.
   *
   * @param ackTimeout at most 24 days
   */
  <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, Class<T> type, Duration ackTimeout);

  /**
   * Calls a procedure of the server and waits for the answer, which takes as long as the {@code
   * ackTimeout} at most. For virtual threads, and others that may block; handlers of streams are
   * some.
   *
   * @param data anything that Jackson can write; null sends no data
   * @return the answer, a {@code MissingNode} when it has no data
   * @throws AGException the server's own error, or what {@link #invoke(String, Object)} says
   * @throws InterruptedException when the thread is interrupted; the call goes on
   */
  default JsonNode call(String event, @Nullable Object data) throws InterruptedException {
    return call(event, data, JsonNode.class);
  }

  /**
   * Calls a procedure of the server and waits for the answer, which is bound to {@code type}. The
   * rest is as {@link #call(String, Object)} says.
   *
   * @throws InvalidArgumentsError when the data cannot be written, or the answer has another shape
   * @throws AGException the server's own error, or what {@link #invoke(String, Object)} says
   * @throws InterruptedException when the thread is interrupted; the call goes on
   */
  <T> T call(String event, @Nullable Object data, Class<T> type) throws InterruptedException;

  /**
   * Sends a message that is no packet: the server emits it as {@code raw}. It is sent at once, past
   * any batch, and dropped when there is no connection.
   *
   * @param message sent as text
   * @throws ResourceLimitError when more than {@code outboundBufferLimit} bytes wait already
   */
  void send(String message);

  /** Sends bytes that are no packet, in the same way. */
  void send(byte[] message);

  /** Returns whether the server has accepted the token of this socket. */
  AuthState authState();

  /** Returns the claims of the token, or null; they must not be changed. */
  @Nullable JsonNode authToken();

  /** Returns the token as the server signed it, or null. */
  @Nullable String signedAuthToken();

  /**
   * Logs in with a token; connects first if need be. A token that the server refuses logs the
   * socket out. A {@link #deauthenticate} that follows counts more than the answer to this, and so
   * does a later login that is decided first.
   *
   * @return what the server said, or {@code isAuthenticated} false after such a logout; or an
   *     {@link AuthTokenError} when it refused the token, a {@link BadConnectionError} or a {@link
   *     TimeoutError}, after which the socket keeps what it had
   */
  CompletableFuture<AuthStatus> authenticate(String signedAuthToken);

  /**
   * Logs out: forgets the token, and tells the server when there is a connection. A login that is
   * under way does not count any more, whether it waits for the connection, for its answer, or is a
   * token that the server sent before it knew of this.
   *
   * @return complete when the token is forgotten where it was kept
   */
  CompletableFuture<Void> deauthenticate();

  /**
   * Subscribes, on an open connection, to the channels that are pending. For sockets with {@code
   * autoSubscribeOnConnect} off.
   */
  void processPendingSubscriptions();

  /**
   * Begins a batch: what the socket sends from now on waits until {@link #flushBatch} sends it as
   * one message. A batch that reaches 64 KiB is sent at once. A batch ends with its connection.
   */
  void startBatch();

  /** Sends the batch that has begun, and what follows without delay. */
  void flushBatch();

  /**
   * Drops the batch that has begun: calls in it fail when their time is over. Subscriptions and a
   * logout in it are sent all the same, or the socket would not be what it says.
   */
  void cancelBatch();

  /**
   * Begins batches, one after the other, each sent {@code batchInterval} after its first packet;
   * also on the connections to come.
   */
  void startBatching();

  /** Sends the batch that has begun, and what follows without delay. */
  void stopBatching();

  /** Drops the batch that has begun, as {@link #cancelBatch}, and sends what follows at once. */
  void cancelBatching();

  /** Returns whether what the socket sends now waits for a batch. */
  boolean isBufferingBatch();

  /** Returns whether {@link #startBatching} is in force. */
  boolean isBatching();

  /** Returns how many bytes the messages of the present or last connection had. */
  long getBytesReceived();

  /** Returns how many bytes wait to be sent: for a connection, a batch or the system. */
  long getOutboundBufferedBytes();

  /** Returns how many items the slowest consumer of any stream of this socket has not taken yet. */
  default int getBackpressure() {
    return Math.max(
        Math.max(getAllListenersBackpressure(), getAllReceiversBackpressure()),
        Math.max(getAllProceduresBackpressure(), getAllChannelsBackpressure()));
  }
}
