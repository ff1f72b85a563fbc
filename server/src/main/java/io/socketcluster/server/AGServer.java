// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.EventName;
import io.socketcluster.protocol.errors.HTTPServerError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.channels.AGChannels;
import io.socketcluster.server.channels.ChannelRules;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A SocketCluster server. Every method is thread-safe, and none blocks unless its documentation
 * says so.
 *
 * <p>Documented by SocketCluster as {@code AGServer} (docs/api-ag-server.md).
 */
public interface AGServer extends AsyncStreamEmitter {
  /** A fatal error. */
  EventName<ServerEvent.Failure> ERROR = new EventName<>("error");

  /** An error that the server survives. */
  EventName<ServerEvent.Warning> WARNING = new EventName<>("warning");

  /** A socket was created and starts its handshake. */
  EventName<ServerEvent.Handshake> HANDSHAKE = new EventName<>("handshake");

  /** A socket closed before its handshake was complete. */
  EventName<ServerEvent.Closed> CONNECTION_ABORT = new EventName<>("connectionAbort");

  /**
   * A socket completed its handshake. Messages of its client are retained for consumers that are
   * registered while this event is being handled, and for one second after that.
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
   * The server accepts connections: it listens, or is attached to a pipeline. A consumer created
   * later receives this event at once.
   */
  EventName<ServerEvent.Ready> READY = new EventName<>("ready");

  /** New connections, before and during the handshake. */
  MiddlewareLine MIDDLEWARE_HANDSHAKE = MiddlewareLine.HANDSHAKE;

  /** Every inbound message as received. */
  MiddlewareLine MIDDLEWARE_INBOUND_RAW = MiddlewareLine.INBOUND_RAW;

  /** Transmits, invokes, subscribes, publishes and authentications of clients. */
  MiddlewareLine MIDDLEWARE_INBOUND = MiddlewareLine.INBOUND;

  /** Publishes on their way to one socket. */
  MiddlewareLine MIDDLEWARE_OUTBOUND = MiddlewareLine.OUTBOUND;

  /**
   * Calls {@code handler} with each socket that completes its handshake; short for consuming {@link
   * #CONNECTION}. The handler runs on a virtual thread and may block; it receives one socket at a
   * time, in order. If the handler throws, the server emits a {@code warning}.
   *
   * @return the consumption; close it to stop calling the handler
   */
  default Consumption onConnection(StreamHandler<? super AGServerSocket> handler) {
    return listener(CONNECTION).consume(event -> handler.handle(event.socket()));
  }

  /** Returns the options of the server. */
  AGServerOptions options();

  /** Returns the server's own client of the broker. */
  AGExchange exchange();

  /** Returns the broker engine. */
  AGBrokerEngine brokerEngine();

  /** Returns the policies of channels: which of them keep a history, and how much of it. */
  AGChannels channels();

  /** Returns the rules of channels: who may subscribe and publish to which of them. */
  ChannelRules channelRules();

  /**
   * Returns all servers that the broker engine joins: counts and orders for the clients of all of
   * them.
   */
  AGCluster cluster();

  /** Returns the engine that signs and verifies tokens. */
  AGAuthEngine auth();

  /** Replaces the engine that signs and verifies tokens. Sockets keep their current tokens. */
  void setAuthEngine(AGAuthEngine authEngine);

  /** Returns the sockets that have completed their handshake, by id: a live, read-only view. */
  Map<String, AGServerSocket> clients();

  /** Returns the number of sockets that have completed their handshake. */
  int clientsCount();

  /** Returns the sockets whose handshake is in progress, by id: a live, read-only view. */
  Map<String, AGServerSocket> pendingClients();

  /** Returns the number of sockets whose handshake is in progress. */
  int pendingClientsCount();

  /**
   * Returns whether the server accepts connections, with or without its broker engine: it listens
   * or is attached to a pipeline, and it is not closing.
   */
  boolean isServing();

  /**
   * Returns whether the server accepts connections: it listens or is attached to a pipeline, its
   * broker engine is ready, and it is not closing.
   */
  boolean isReady();

  /** Emits an error that the server does not survive, and logs it if there is no listener. */
  default void emitError(Throwable error) {
    emit(ERROR, new ServerEvent.Failure(error));
  }

  /** Emits an error that the server survives, and logs it if there is no listener. */
  default void emitWarning(Throwable warning) {
    emit(WARNING, new ServerEvent.Warning(warning));
  }

  /** Returns a new id in the format of socket ids: 20 URL-safe characters from 15 random bytes. */
  String generateId();

  /** Returns the path of the first endpoint. */
  default String getPath() {
    return options().path();
  }

  /**
   * Returns the port that the server listens on, or -1 if it does not listen itself. If {@code
   * listen} was called with 0, this is the port that the operating system selected.
   */
  int port();

  /**
   * Sets the middleware of a line. It decides every action from now on, including those of existing
   * sockets.
   *
   * @throws InvalidActionError if the line already has a middleware
   */
  void setMiddleware(MiddlewareLine line, AGMiddleware middleware);

  /**
   * Removes the middleware of a line, and ends its loops. New actions are no longer checked.
   * Actions already given to the middleware still wait for its decision.
   */
  void removeMiddleware(MiddlewareLine line);

  /** Returns whether a line has a middleware. */
  boolean hasMiddleware(MiddlewareLine line);

  /**
   * Listens on a port and returns when connections are accepted. Set the middleware first: clients
   * that connect before it is set are not checked retroactively.
   *
   * @param port the TCP port; 0 lets the operating system select a port, which {@link #port}
   *     returns
   * @throws InvalidActionError if the server already listens or is closed
   * @throws HTTPServerError if the port cannot be bound: it is taken, it is outside 0 to 65535, the
   *     operating system does not permit it, or the host does not exist. The message names the port
   *     and the reason; the cause is the exception of the operating system. Another port can be
   *     tried afterwards
   * @throws InvalidOptionsError if the machine does not have the selected transport
   */
  void listen(int port);

  /** Returns whether the server speaks TLS on the port that it listens on. */
  boolean secure();

  /**
   * Reads the certificate and the key of the option {@code tls} again. New connections get the new
   * certificate; open connections continue. This method reads files, so it blocks.
   *
   * @throws InvalidOptionsError if they cannot be used; the old certificate stays in use
   * @throws InvalidActionError if the option is not set
   */
  void reloadTls();

  /**
   * Replaces the option {@code tls}, as {@link #reloadTls()} does.
   *
   * @throws InvalidOptionsError if it cannot be used; the old certificate stays in use
   * @throws InvalidActionError if the server does not speak TLS
   */
  void reloadTls(TlsOptions options);

  /**
   * Closes the server without losing anything that was accepted from a client. {@link #isReady} is
   * false at once. After {@code closeDelay}, upgrades are answered with 503, and {@code closeRate}
   * sockets per second are closed with 4000, each as soon as everything that arrived from it is
   * handled and answered. The stock client reconnects at once after 4000. Sockets that remain after
   * {@code closeTimeout} are cut off.
   *
   * <p>The future completes when the last socket is closed and the server's threads have ended.
   * Loops over the server's listeners then end, after their backlog. A second call returns an
   * equivalent future.
   */
  CompletableFuture<Void> close();
}
