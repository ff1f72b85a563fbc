// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.netty.channel.EventLoop;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.ServerProtocolError;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.socket.ApplicationThreads;
import io.socketcluster.server.internal.socket.DefaultServerSocket;
import io.socketcluster.server.internal.socket.ServerLoop;
import io.socketcluster.server.internal.socket.SocketHost;
import io.socketcluster.server.internal.socket.SocketIds;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.Listener;
import io.socketcluster.server.internal.transport.LoopFlusher;
import io.socketcluster.server.internal.transport.PendingUpgrade;
import io.socketcluster.server.internal.transport.ServedEndpoint;
import io.socketcluster.server.internal.transport.ServedEndpoints;
import io.socketcluster.server.internal.transport.WireConnection;
import io.socketcluster.server.internal.transport.WireListener;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamDemux;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server: it makes a socket of every connection and knows them all. Thread-safe. */
public final class DefaultAGServer implements AGServer, SocketHost, ConnectionAcceptor {
  private final AGServerOptions options;
  private final AGBrokerEngine broker;
  private volatile AGAuthEngine auth;
  private final ServedEndpoints endpoints;
  private final StreamDemux<Object> listeners;
  private final ConnectionEvents connectionEvents;
  private final ReadyEvents readyEvents;
  private final Middlewares middlewares = new Middlewares();
  private final Map<EventLoop, ServerLoop> loops = new ConcurrentHashMap<>();
  private final SocketRegistry sockets = new SocketRegistry();
  private final Upgrades upgrades = new Upgrades(this, this::emitWarning);
  private final OpenConnections connections = new OpenConnections();
  private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
  private final Consumption brokerErrors;
  private final ReentrantLock lifecycle = new ReentrantLock(); // listen() and close(), one by one
  private volatile boolean accepting = true;
  private volatile boolean attached;
  private @Nullable CompletableFuture<Void> closed; // guarded by lifecycle

  /** Makes a server that does not listen yet. */
  public DefaultAGServer(AGServerOptions options) {
    this.options = options;
    this.endpoints = new ServedEndpoints(options.endpoints());
    AGBrokerEngine given = options.brokerEngine();
    this.broker = given == null ? new AGSimpleBroker() : given;
    AGAuthEngine engine = options.authEngine();
    this.auth = engine == null ? JwtAuthEngine.of(options) : engine;
    this.listeners = new StreamDemux<>((item, failure) -> emitWarning(failure));
    this.connectionEvents = new ConnectionEvents(listeners);
    this.readyEvents = new ReadyEvents(listeners);
    this.brokerErrors =
        broker.listener(BrokerEvent.ERROR).consume(failure -> emitWarning(failure.error()));
  }

  // For the transport.

  @Override
  public AGServerOptions options() {
    return options;
  }

  @Override
  public boolean isAccepting() {
    return accepting;
  }

  @Override
  public void onAttached() {
    if (!attached) {
      attached = true;
      announceReady();
    }
  }

  @Override
  public void onBadOrigin(String origin) {
    emitWarning(
        new ServerProtocolError(
            "Failed to authorize socket handshake - Invalid origin: " + origin));
  }

  @Override
  public LoopFlusher flusher(EventLoop loop) {
    return loopOf(loop).flusher();
  }

  @Override
  public @Nullable ServedEndpoint endpoint(String path) {
    return endpoints.at(path);
  }

  @Override
  public @Nullable PendingUpgrade authorize(
      UpgradeRequest request, EventLoop loop, Consumer<@Nullable Throwable> decided) {
    return upgrades.ask(request, loop, loopOf(loop).tasks(), decided);
  }

  @Override
  public WireListener accept(
      UpgradeRequest request,
      ServedEndpoint endpoint,
      @Nullable PendingUpgrade upgrade,
      WireConnection connection) {
    connections.add(connection);
    DefaultServerSocket socket =
        new DefaultServerSocket(
            this,
            loopOf(connection.eventLoop()),
            connection,
            request,
            endpoint.settings(),
            upgrade instanceof AskedUpgrade asked ? asked.line() : null);
    socket.begin();
    if (!accepting) {
      dismiss(socket); // close() may have looked before this one was there
    }
    return socket.wire();
  }

  private ServerLoop loopOf(EventLoop loop) {
    return loops.computeIfAbsent(loop, each -> new ServerLoop(each, broker, options));
  }

  // For the sockets.

  @Override
  public AGServer server() {
    return this;
  }

  @Override
  public AGBrokerEngine broker() {
    return broker;
  }

  @Override
  public @Nullable AGMiddleware middleware(MiddlewareLine line) {
    return middlewares.get(line);
  }

  @Override
  public void onPending(DefaultServerSocket socket) {
    sockets.pending(socket);
    emit(HANDSHAKE, new ServerEvent.Handshake(socket));
  }

  @Override
  public void onOpen(DefaultServerSocket socket) {
    sockets.opened(socket);
  }

  @Override
  public void onClosed(DefaultServerSocket socket) {
    sockets.closed(socket);
  }

  @Override
  public ConnectionMark emitConnection(ServerEvent.Connection event) {
    return connectionEvents.emit(event);
  }

  // For the application.

  @Override
  public StreamDemux<Object> listenerDemux() {
    return listeners;
  }

  @Override
  public ConsumableStream<Object> listener(String eventName) {
    return eventName.equals(READY.name()) ? readyEvents : listeners.stream(eventName);
  }

  @Override
  public String generateId() {
    return SocketIds.next();
  }

  @Override
  public AGExchange exchange() {
    return broker.exchange();
  }

  @Override
  public AGBrokerEngine brokerEngine() {
    return broker;
  }

  @Override
  public AGAuthEngine auth() {
    return auth;
  }

  @Override
  public void setAuthEngine(AGAuthEngine authEngine) {
    auth = Objects.requireNonNull(authEngine, "authEngine");
  }

  @Override
  public Map<String, AGServerSocket> clients() {
    return sockets.clients();
  }

  @Override
  public int clientsCount() {
    return sockets.clients().size();
  }

  @Override
  public Map<String, AGServerSocket> pendingClients() {
    return sockets.pendingClients();
  }

  @Override
  public int pendingClientsCount() {
    return sockets.pendingClients().size();
  }

  @Override
  public boolean isReady() {
    return accepting && broker.isReady();
  }

  @Override
  public void listen(int port) {
    lifecycle.lock();
    try {
      if (!accepting || listener.get() != null) {
        throw new InvalidActionError("The server is listening already or closed");
      }
      connectionEvents.keepForAWhile();
      listener.set(Listener.bind(port, this));
    } finally {
      lifecycle.unlock();
    }
    announceReady();
  }

  /** Once it takes connections, a server is ready as soon as its broker is. */
  private void announceReady() {
    if (broker.isReady()) {
      readyEvents.announce();
    } else {
      broker.listener(BrokerEvent.READY).consume(ready -> readyEvents.announce());
      if (broker.isReady()) {
        readyEvents.announce(); // it may have been announced before that listener was there
      }
    }
  }

  @Override
  public int port() {
    Listener bound = listener.get();
    return bound == null ? -1 : bound.port();
  }

  @Override
  public void setMiddleware(MiddlewareLine line, AGMiddleware middleware) {
    middlewares.set(line, middleware);
  }

  @Override
  public void removeMiddleware(MiddlewareLine line) {
    middlewares.remove(line);
    sockets.all().forEach(socket -> socket.removed(line));
  }

  @Override
  public boolean hasMiddleware(MiddlewareLine line) {
    return middlewares.get(line) != null;
  }

  @Override
  public CompletableFuture<Void> close() {
    lifecycle.lock();
    try {
      CompletableFuture<Void> already = closed;
      if (already == null) {
        already = closeNow();
        closed = already;
      }
      return already.copy();
    } finally {
      lifecycle.unlock();
    }
  }

  private CompletableFuture<Void> closeNow() {
    accepting = false;
    upgrades.refuseAll();
    brokerErrors.close();
    Listener bound = listener.get();
    CompletableFuture<Void> stopped =
        bound == null ? CompletableFuture.completedFuture(null) : bound.stopListening();
    return stopped
        .thenCompose(
            done -> {
              sockets.all().forEach(DefaultAGServer::dismiss);
              return connections.whenNone();
            })
        .thenComposeAsync( // not on an event loop that is to end
            done ->
                bound == null ? CompletableFuture.<Void>completedFuture(null) : bound.shutDown(),
            ApplicationThreads.EXECUTOR)
        .thenRunAsync(() -> cleanUp(bound != null), ApplicationThreads.EXECUTOR);
  }

  /** Lets every loop over a stream of this server end, after its backlog. */
  private void cleanUp(boolean loopsHaveEnded) {
    loops.values().forEach(ServerLoop::discardDeliveries);
    if (loopsHaveEnded) {
      loops.values().forEach(ServerLoop::endStreams);
    }
    listeners.endAfterBacklog();
  }

  private static void dismiss(DefaultServerSocket socket) {
    socket.disconnectNow(CloseCode.GOING_AWAY, CloseCode.reasonOf(CloseCode.GOING_AWAY));
  }
}
