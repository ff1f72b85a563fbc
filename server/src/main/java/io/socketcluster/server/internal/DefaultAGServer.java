// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGCluster;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.server.channels.AGChannels;
import io.socketcluster.server.channels.ChannelRules;
import io.socketcluster.server.internal.cluster.ServedBroker;
import io.socketcluster.server.internal.cluster.ServerCluster;
import io.socketcluster.server.internal.memory.MemoryLimits;
import io.socketcluster.server.internal.memory.ServerMemory;
import io.socketcluster.server.internal.presence.ChannelPresence;
import io.socketcluster.server.internal.reports.ReadyEvents;
import io.socketcluster.server.internal.reports.ServerWarnings;
import io.socketcluster.server.internal.session.SocketIds;
import io.socketcluster.server.internal.transport.AcceptingServer;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.StreamDemux;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The server as the application sees it; its parts do the work. Thread-safe. */
public final class DefaultAGServer implements AGServer, AcceptingServer {
  private final ServerWarnings warnings = new ServerWarnings(this::startHandler);
  private final StreamDemux<Object> listeners = warnings.listeners();
  private final ReadyEvents readyEvents = new ReadyEvents(listeners);
  private final AGServerOptions options;
  private final ServedBroker broker;
  private final ChannelPresence presence;
  private final ServerCluster cluster;
  private final ServerSockets sockets;
  private final ServerLoops loops;
  private final ServingState serving;
  private final ServerEntry entry;
  private final ServerLifecycle lifecycle;
  private volatile AGAuthEngine auth;

  /** Creates a server that does not listen yet. */
  public DefaultAGServer(AGServerOptions options) {
    this.options = options;
    AGAuthEngine engine = options.authEngine();
    this.auth = engine == null ? JwtAuthEngine.of(options) : engine;
    ServerMemory memory =
        new ServerMemory(new MemoryLimits(options.socketMemoryLimit(), options.memoryLimit()));
    this.broker = new ServedBroker(options, warnings::brokerFailed);
    this.sockets = new ServerSockets(this, options, warnings, memory);
    broker.channels().ruledBy(sockets.channelRules());
    String id = generateId();
    this.presence = new ChannelPresence(this, id, broker.channels(), warnings::brokerFailed);
    broker.channels().observedBy(presence);
    this.cluster =
        new ServerCluster(
            id, sockets.registry().clients(), sockets.revokedTokens(), warnings::failed);
    this.loops = new ServerLoops(broker, sockets, memory);
    this.serving = new ServingState(broker, cluster, readyEvents);
    this.entry = new ServerEntry(this, sockets, loops, warnings, serving);
    this.lifecycle = new ServerLifecycle(entry, sockets, loops, serving, listeners);
  }

  private void startHandler(Runnable handler) {
    loops.execute(handler);
  }

  @Override
  public ConnectionAcceptor acceptor() {
    return entry;
  }

  @Override
  public AGServerOptions options() {
    return options;
  }

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
  public AGChannels channels() {
    return broker.channels();
  }

  @Override
  public ChannelRules channelRules() {
    return sockets.channelRules();
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
    return sockets.registry().clients();
  }

  @Override
  public int clientsCount() {
    return sockets.registry().clients().size();
  }

  @Override
  public Map<String, AGServerSocket> pendingClients() {
    return sockets.registry().pendingClients();
  }

  @Override
  public int pendingClientsCount() {
    return sockets.registry().pendingClients().size();
  }

  @Override
  public boolean isReady() {
    return serving.isReady();
  }

  @Override
  public boolean isServing() {
    return serving.isServing();
  }

  @Override
  public void listen(int port) {
    lifecycle.listen(port);
  }

  @Override
  public int port() {
    return lifecycle.port();
  }

  @Override
  public void setMiddleware(MiddlewareLine line, AGMiddleware middleware) {
    sockets.middlewares().set(line, middleware);
  }

  @Override
  public void removeMiddleware(MiddlewareLine line) {
    sockets.middlewares().remove(line);
    sockets.registry().all().forEach(socket -> socket.removed(line));
  }

  @Override
  public boolean hasMiddleware(MiddlewareLine line) {
    return sockets.middleware(line) != null;
  }

  @Override
  public boolean secure() {
    return entry.tls().isOn();
  }

  @Override
  public void reloadTls() {
    entry.tls().reload();
  }

  @Override
  public void reloadTls(TlsOptions tls) {
    entry.tls().replace(tls);
  }

  @Override
  public CompletableFuture<Void> close() {
    presence.close();
    return lifecycle.close();
  }
}
