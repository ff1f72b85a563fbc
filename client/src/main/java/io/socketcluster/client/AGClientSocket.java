// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.core.AGSocket;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelFamily;
import io.socketcluster.core.EventName;
import io.socketcluster.protocol.errors.AuthTokenError;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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
public interface AGClientSocket extends AGSocket, ChannelFamily {
  /** The socket begins to connect. */
  EventName<ClientEvent.Connecting> CONNECTING = new EventName<>("connecting");

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

  /** Returns the id that tells this socket from others of this JVM and of others, made here. */
  String clientId();

  /** Returns the options that the present or the next connection is made with. */
  AGClientOptions options();

  /** Returns what the socket connects to. */
  URI uri();

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

  /** Ends the consumers of all streams of this socket, those of its channels included. */
  @Override
  default void closeAllStreams() {
    AGSocket.super.closeAllStreams();
    closeAllChannels();
  }

  /** Ends the consumers of all streams of this socket at once, those of its channels included. */
  @Override
  default void killAllStreams() {
    AGSocket.super.killAllStreams();
    killAllChannels();
  }

  @Override
  default Duration ackTimeout() {
    return options().ackTimeout();
  }

  /** Returns how many items the slowest consumer of any stream or channel has not taken yet. */
  @Override
  default int getBackpressure() {
    return Math.max(AGSocket.super.getBackpressure(), getAllChannelsBackpressure());
  }
}
