// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.EventName;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.HTTPServerError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A SocketCluster server. Every method is thread-safe; none blocks unless it says so.
 *
 * <p>Documented by SocketCluster as {@code AGServer} (docs/api-ag-server.md).
 */
public interface AGServer extends AsyncStreamEmitter {
  /** A fatal error. */
  EventName<ServerEvent.Failure> ERROR = new EventName<>("error");

  /** An error that the server survives. */
  EventName<ServerEvent.Warning> WARNING = new EventName<>("warning");

  /** A socket was created and its handshake begins. */
  EventName<ServerEvent.Handshake> HANDSHAKE = new EventName<>("handshake");

  /** A socket closed before its handshake was complete. */
  EventName<ServerEvent.Closed> CONNECTION_ABORT = new EventName<>("connectionAbort");

  /**
   * A socket completed its handshake. What its client sends is kept for the consumers that are
   * registered while this event is being handled, and for a second after that.
   */
  EventName<ServerEvent.Connection> CONNECTION = new EventName<>("connection");

  /** A socket closed after its handshake. */
  EventName<ServerEvent.Closed> DISCONNECTION = new EventName<>("disconnection");

  /** A socket closed, before or after its handshake. */
  EventName<ServerEvent.Closed> CLOSURE = new EventName<>("closure");

  /** A socket subscribed to a channel. */
  EventName<ServerEvent.Subscription> SUBSCRIPTION = new EventName<>("subscription");

  /** A socket unsubscribed from a channel. */
  EventName<ServerEvent.Unsubscription> UNSUBSCRIPTION = new EventName<>("unsubscription");

  /** A socket was authenticated. */
  EventName<ServerEvent.Authentication> AUTHENTICATION = new EventName<>("authentication");

  /** A socket lost its token. */
  EventName<ServerEvent.Deauthentication> DEAUTHENTICATION = new EventName<>("deauthentication");

  /** The authentication state of a socket changed. */
  EventName<ServerEvent.AuthenticationStateChange> AUTHENTICATION_STATE_CHANGE =
      new EventName<>("authenticationStateChange");

  /** A client tried to authenticate with a bad token. */
  EventName<ServerEvent.BadSocketAuthToken> BAD_SOCKET_AUTH_TOKEN =
      new EventName<>("badSocketAuthToken");

  /**
   * The server accepts connections: it listens, or has been attached. Who consumes this event later
   * receives it at once.
   */
  EventName<ServerEvent.Ready> READY = new EventName<>("ready");

  /** New connections, before and during the handshake. */
  MiddlewareLine MIDDLEWARE_HANDSHAKE = MiddlewareLine.HANDSHAKE;

  /** Every inbound message as it came. */
  MiddlewareLine MIDDLEWARE_INBOUND_RAW = MiddlewareLine.INBOUND_RAW;

  /** What clients transmit, invoke, subscribe to, publish and authenticate with. */
  MiddlewareLine MIDDLEWARE_INBOUND = MiddlewareLine.INBOUND;

  /** Publishes on their way to one socket. */
  MiddlewareLine MIDDLEWARE_OUTBOUND = MiddlewareLine.OUTBOUND;

  /**
   * Calls {@code handler} with each socket that completes its handshake: short for consuming {@link
   * #CONNECTION}. The handler runs on a virtual thread and may block; it gets one socket at a time,
   * in order. If the handler throws, the server emits a {@code warning}.
   *
   * @return the consumption, by which the handler can be ended
   */
  default Consumption onConnection(StreamHandler<? super AGServerSocket> handler) {
    return listener(CONNECTION).consume(event -> handler.handle(event.socket()));
  }

  /** Returns the options that the server was made with. */
  AGServerOptions options();

  /** Returns the server's own client of the broker. */
  AGExchange exchange();

  /** Returns the broker. */
  AGBrokerEngine brokerEngine();

  /** Returns what signs and verifies tokens. */
  AGAuthEngine auth();

  /** Exchanges what signs and verifies tokens; the sockets keep the tokens that they have. */
  void setAuthEngine(AGAuthEngine authEngine);

  /** Returns the sockets that have completed their handshake, by id: a live, read-only view. */
  Map<String, AGServerSocket> clients();

  /** Returns how many sockets have completed their handshake. */
  int clientsCount();

  /** Returns the sockets in the middle of their handshake, by id: a live, read-only view. */
  Map<String, AGServerSocket> pendingClients();

  /** Returns how many sockets are in the middle of their handshake. */
  int pendingClientsCount();

  /**
   * Returns whether the server accepts connections: it listens, or has been attached to a pipeline,
   * its broker is ready, and it has not begun to close.
   */
  boolean isReady();

  /** Emits an error that the server does not survive, and logs it when nobody listens. */
  default void emitError(Throwable error) {
    emit(ERROR, new ServerEvent.Failure(error));
  }

  /** Emits an error that the server survives, and logs it when nobody listens. */
  default void emitWarning(Throwable warning) {
    emit(WARNING, new ServerEvent.Warning(warning));
  }

  /** Returns a new id as the sockets have them: 20 URL-safe characters from 15 random bytes. */
  String generateId();

  /** Returns the path of the first endpoint. */
  default String getPath() {
    return options().path();
  }

  /**
   * Returns the port the server listens on, or -1 when it does not listen by itself. With port 0
   * this is the port that was chosen.
   */
  int port();

  /**
   * Sets the middleware of a line. It is asked about every action from now on, also of the sockets
   * that are there.
   *
   * @throws AGException an {@code InvalidActionError} when the line has one
   */
  void setMiddleware(MiddlewareLine line, AGMiddleware middleware);

  /**
   * Removes the middleware of a line: actions pass unasked from now on, and its loops end. What it
   * was asked already it still has to decide.
   */
  void removeMiddleware(MiddlewareLine line);

  /** Returns whether a line has a middleware. */
  boolean hasMiddleware(MiddlewareLine line);

  /**
   * Listens on a port of its own and returns when connections are accepted. Set the middleware
   * before: a client that comes first is not asked for it afterwards.
   *
   * @param port the TCP port; 0 lets the system choose, {@link #port} tells which
   * @throws AGException an {@code InvalidActionError} when it listens or is closed
   * @throws HTTPServerError when the port cannot be bound: it is taken, it is outside 0 to 65535,
   *     the system does not permit it, or the machine has no such host. The message names the port
   *     and the reason, the cause is what the system threw. Another port can be tried afterwards
   * @throws InvalidOptionsError when the machine does not have the transport that was chosen
   */
  void listen(int port);

  /** Returns whether the server speaks TLS on the port that it listens on. */
  boolean secure();

  /**
   * Reads the certificate and the key of the option {@code tls} again. New connections get the new
   * certificate, those that are open live on. Reads files, so it blocks.
   *
   * @throws InvalidOptionsError when they cannot be used; those that were in use stay
   * @throws AGException an {@code InvalidActionError} when the server has no such option
   */
  void reloadTls();

  /**
   * Replaces the option {@code tls}, as {@link #reloadTls()} does.
   *
   * @throws InvalidOptionsError when it cannot be used; what was in use stays
   * @throws AGException an {@code InvalidActionError} when the server does not speak TLS
   */
  void reloadTls(TlsOptions options);

  /**
   * Closes the server so that no client loses what was accepted from it. At once {@link #isReady}
   * is false. After the option {@code closeDelay} upgrades are answered with 503 and the sockets
   * are sent away, {@code closeRate} of them in a second, each as soon as all that arrived from it
   * has been handled and answered, with code 4000, after which the stock client comes back at once.
   * Those that are left after {@code closeTimeout} are cut off.
   *
   * <p>The future completes when the last socket is closed and the server's threads have ended;
   * then loops over its listeners end, after what they have not taken yet. Closing again returns
   * the same.
   */
  CompletableFuture<Void> close();
}
