// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ServerProtocolError;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGCluster;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.cluster.ServedBroker;
import io.socketcluster.server.internal.cluster.ServerCluster;
import io.socketcluster.server.internal.events.ConnectionMark;
import io.socketcluster.server.internal.http.Origins;
import io.socketcluster.server.internal.http.RequestDescription;
import io.socketcluster.server.internal.http.TrustedProxies;
import io.socketcluster.server.internal.limits.HandshakeGate;
import io.socketcluster.server.internal.limits.QuietObserver;
import io.socketcluster.server.internal.limits.RequestPlaces;
import io.socketcluster.server.internal.loop.HandlerStarts;
import io.socketcluster.server.internal.memory.LoopMemory;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.memory.MemoryLimits;
import io.socketcluster.server.internal.memory.ServerMemory;
import io.socketcluster.server.internal.session.DefaultServerSocket;
import io.socketcluster.server.internal.session.ServerLoop;
import io.socketcluster.server.internal.session.SocketHost;
import io.socketcluster.server.internal.session.SocketIds;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.PendingUpgrade;
import io.socketcluster.server.internal.transport.Routes;
import io.socketcluster.server.internal.transport.listening.ListeningPort;
import io.socketcluster.server.internal.transport.tls.ServerTls;
import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.server.internal.wire.LoopFlusher;
import io.socketcluster.server.internal.wire.Wire;
import io.socketcluster.server.internal.wire.WireListener;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.StreamDemux;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: it makes a socket of every connection and knows them all. Thread-safe. */
public final class DefaultAGServer implements AGServer, SocketHost, ConnectionAcceptor {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultAGServer.class);
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final AGServerOptions options;
  private final ServedBroker broker;
  private final ServerCluster cluster;
  private volatile AGAuthEngine auth;
  private final ServedEndpoints endpoints;
  private final ServerWarnings warnings = new ServerWarnings(this::runHandler);
  private final UnconsumedProcedures unconsumed = new UnconsumedProcedures(warnings);
  private final StreamDemux<Object> listeners = warnings.listeners();
  private final ConnectionEvents connectionEvents;
  private final ReadyEvents readyEvents;
  private final Middlewares middlewares = new Middlewares();
  private final Map<EventLoop, ServerLoop> loops = new ConcurrentHashMap<>();
  private final SocketRegistry sockets = new SocketRegistry();
  private final HandshakeMiddleware handshakes = new HandshakeMiddleware(this, warnings);
  private final OpenConnections connections = new OpenConnections();
  private final AtomicReference<@Nullable ListeningPort> listener = new AtomicReference<>();
  private final ReentrantLock lifecycle = new ReentrantLock(); // listen() and close(), one by one
  private final Drain drain;
  private final ServerTls tls;
  private final TrustedProxies proxies;
  private final Origins origins;
  private final HttpAnswers answers;
  private final RequestPlaces requestPlaces;
  private final ServerObserver observer;
  private final HandshakeGate gate;
  private final ServerMemory memory;
  private final MemoryReports memoryReports;
  private volatile boolean closing;
  private volatile boolean accepting = true;
  private volatile boolean attached;

  @GuardedBy("lifecycle")
  private @Nullable CompletableFuture<Void> closed;

  /** Makes a server that does not listen yet. */
  public DefaultAGServer(AGServerOptions options) {
    this.options = options;
    this.endpoints = new ServedEndpoints(options.endpoints(), options.perMessageDeflate());
    AGAuthEngine engine = options.authEngine();
    this.auth = engine == null ? JwtAuthEngine.of(options) : engine;
    this.connectionEvents = new ConnectionEvents(listeners);
    this.readyEvents = new ReadyEvents(listeners);
    this.broker = new ServedBroker(options, this::brokerFailed);
    this.cluster = new ServerCluster(generateId(), sockets.clients(), warnings::failed);
    this.tls = new ServerTls(options.tls());
    this.proxies = new TrustedProxies(options.trustedProxies());
    this.origins = new Origins(options.origins());
    this.answers =
        new HttpAnswers(
            options.httpHandler(), e -> warnings.failed("The option httpHandler failed", e));
    this.requestPlaces = new RequestPlaces(options);
    this.observer = QuietObserver.of(options.serverObserver(), warnings.log());
    this.gate = new HandshakeGate(options, observer);
    this.memory =
        new ServerMemory(new MemoryLimits(options.socketMemoryLimit(), options.memoryLimit()));
    this.memoryReports = new MemoryReports(memory, this::emitWarning, System::nanoTime);
    this.drain = new Drain(options, sockets, connections);
  }

  // For the transport.

  @Override
  public AGServerOptions options() {
    return options;
  }

  @Override
  public HttpAnswer answer(
      io.netty.handler.codec.http.HttpRequest request, Channel channel, byte[] body) {
    return answers.to(RequestDescription.of(this, request, body, channel, proxies));
  }

  @Override
  public @Nullable RequestPlaces placesFor(String method, String path) {
    return answers.isHealthCheck(method, path) ? null : requestPlaces;
  }

  @Override
  public Origins origins() {
    return origins;
  }

  @Override
  public TrustedProxies proxies() {
    return proxies;
  }

  @Override
  public ServerTls tls() {
    return tls;
  }

  @Override
  public boolean isAccepting() {
    return accepting;
  }

  @Override
  public HandshakeGate gate() {
    return gate;
  }

  @Override
  public ServerMemory memory() {
    return memory;
  }

  @Override
  public LoopMemory memory(EventLoop loop) {
    return loopOf(loop).memory();
  }

  @Override
  public void onLoopLost() {
    ServerProtocolError error =
        new ServerProtocolError(
            "An event loop has ended, and its sockets are lost: restart the process");
    LOG.error("{}", error.getMessage());
    emit(ERROR, new ServerEvent.Failure(error));
  }

  @Override
  public void onAttached() {
    if (!attached) {
      attached = true;
      broker.serving(cluster, readyEvents::announce);
    }
  }

  @Override
  public void onFailure(String event, Throwable failure) {
    warnings.failed(event, failure);
  }

  @Override
  public void onBadOrigin(String origin) {
    warnings.warn(
        new ServerProtocolError(
            "Failed to authorize socket handshake - Invalid origin: " + origin));
  }

  @Override
  public void onOpen(Channel connection) {
    connections.add(connection);
  }

  @Override
  public LoopFlusher flusher(EventLoop loop) {
    return loopOf(loop).flusher();
  }

  @Override
  public LoopTurns turns(EventLoop loop) {
    return loopOf(loop).turns();
  }

  @Override
  public Routes routes() {
    return endpoints;
  }

  @Override
  public @Nullable PendingUpgrade authorize(
      UpgradeRequest request, Channel channel, Consumer<@Nullable Throwable> decided) {
    UpgradeQuestion asked = handshakes.ask(request, loopOf(channel.eventLoop()), decided);
    if (asked != null) {
      connections.add(channel);
    }
    return asked;
  }

  @Override
  public WireListener accept(
      UpgradeRequest request, AGEndpoint endpoint, @Nullable PendingUpgrade upgrade, Wire wire) {
    DefaultServerSocket socket =
        new DefaultServerSocket(
            this,
            loopOf(wire.eventLoop()),
            wire,
            request,
            endpoint,
            upgrade instanceof UpgradeQuestion asked ? asked.line() : null);
    socket.begin();
    if (!accepting) {
      socket.leave(); // close() may have looked before this one was there
    }
    return socket.wire();
  }

  /** Most events of the server are emitted on an event loop. */
  private void runHandler(Runnable handler) {
    for (ServerLoop loop : loops.values()) {
      if (loop.eventLoop().inEventLoop()) {
        loop.handlers().execute(handler);
        return;
      }
    }
    HandlerStarts.startNow(handler);
  }

  private ServerLoop loopOf(EventLoop loop) {
    return loops.computeIfAbsent(
        loop, each -> new ServerLoop(each, broker.engine(), this, memory.forLoop(each)));
  }

  // For the sockets.

  @Override
  public AGServer server() {
    return this;
  }

  @Override
  public @Nullable AGMiddleware middleware(MiddlewareLine line) {
    return middlewares.get(line);
  }

  @Override
  public ServerObserver observer() {
    return observer;
  }

  @Override
  public void failed(String event, Throwable failure, boolean isHeard) {
    warnings.failed(event, failure, isHeard);
  }

  @Override
  public void onUnconsumed(String procedure) {
    unconsumed.called(procedure);
  }

  private void brokerFailed(Throwable failure) {
    if (failure instanceof InvalidArgumentsError) {
      warnings.warn(failure); // what a client published has not the type that a consumer expects
    } else {
      warnings.failed("The broker or a consumer of the exchange failed", failure);
    }
  }

  @Override
  public void onPending(DefaultServerSocket socket) {
    sockets.pending(socket);
    observer.connectionOpened(socket);
    emit(HANDSHAKE, new ServerEvent.Handshake(socket));
  }

  @Override
  public void onOpen(DefaultServerSocket socket) {
    sockets.opened(socket);
    observer.handshakeCompleted(socket);
  }

  @Override
  public void onClosed(DefaultServerSocket socket, int code) {
    sockets.closed(socket);
    observer.connectionClosed(socket, code);
  }

  @Override
  public void onMemoryLimit(DefaultServerSocket socket, MemoryBound bound, long heldBytes) {
    observer.memoryLimited(socket, heldBytes);
    memoryReports.closing(socket.id(), bound, heldBytes);
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
  public void emitError(Throwable error) {
    warnings.fatal(error);
  }

  @Override
  public void emitWarning(Throwable warning) {
    warnings.failed("A warning of the server was emitted", warning);
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
  public AGCluster cluster() {
    return cluster;
  }

  @Override
  public AGBrokerEngine brokerEngine() {
    return broker.engine();
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
    return isServing() && broker.isReady();
  }

  @Override
  public boolean isServing() {
    return !closing && (attached || listener.get() != null);
  }

  @Override
  public void listen(int port) {
    lifecycle.lock();
    try {
      if (closing || listener.get() != null) {
        throw new InvalidActionError("The server is listening already or closed");
      }
      connectionEvents.retainForLateConsumers();
      listener.set(ListeningPort.bind(port, this));
    } finally {
      lifecycle.unlock();
    }
    broker.serving(cluster, readyEvents::announce);
  }

  @Override
  public int port() {
    ListeningPort bound = listener.get();
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
  public boolean secure() {
    return tls.isOn();
  }

  @Override
  public void reloadTls() {
    tls.reload();
  }

  @Override
  public void reloadTls(TlsOptions options) {
    tls.replace(options);
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
    closing = true;
    ListeningPort bound = listener.get();
    return CompletableFuture.runAsync(
            () -> drain.run(() -> stopAccepting(bound)), ApplicationThreads.EXECUTOR)
        .thenCompose(done -> bound == null ? DONE : bound.stopListening())
        .thenComposeAsync(
            done -> {
              drain.cut(); // one that came while the port was being closed
              return bound == null ? DONE : bound.shutDown();
            },
            ApplicationThreads.EXECUTOR)
        .thenRunAsync(() -> cleanUp(bound != null), ApplicationThreads.EXECUTOR)
        .thenCompose(done -> broker.closeIfOwn());
  }

  /** Lets every loop over a stream of this server end, after its backlog. */
  private void cleanUp(boolean loopsHaveEnded) {
    cluster.leave();
    broker.release();
    loops.values().forEach(ServerLoop::discardDeliveries);
    if (loopsHaveEnded) {
      loops.values().forEach(ServerLoop::ended);
    }
    listeners.endAfterBacklog();
    listeners.release();
    endpoints.close();
  }

  /** A port that others share goes to them now; else it stays, to say that this server closes. */
  private void stopAccepting(@Nullable ListeningPort bound) {
    accepting = false;
    handshakes.refuseAll();
    gate.open();
    if (bound != null && options.reusePort()) {
      bound.stopListening().join();
    }
  }
}
