// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.events.ConnectionMark;
import io.socketcluster.server.internal.limits.QuietObserver;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.memory.ServerMemory;
import io.socketcluster.server.internal.reports.ConnectionEvents;
import io.socketcluster.server.internal.reports.MemoryReports;
import io.socketcluster.server.internal.reports.ServerWarnings;
import io.socketcluster.server.internal.reports.UnansweredProcedures;
import io.socketcluster.server.internal.reports.UnconsumedProcedures;
import io.socketcluster.server.internal.rules.ServerRules;
import io.socketcluster.server.internal.session.DefaultServerSocket;
import io.socketcluster.server.internal.session.SocketHost;
import io.socketcluster.server.internal.tokens.RevokedTokens;
import org.jspecify.annotations.Nullable;

/** The sockets of a server, and the server as they need it. Thread-safe. */
final class ServerSockets implements SocketHost {
  private final AGServer server;
  private final AGServerOptions options;
  private final ServerWarnings warnings;
  private final UnconsumedProcedures unconsumed;
  private final UnansweredProcedures unanswered;
  private final MemoryReports memoryReports;
  private final ConnectionEvents connectionEvents;
  private final ServerObserver observer;
  private final Middlewares middlewares = new Middlewares();
  private final ServerRules channelRules;
  private final SocketRegistry registry = new SocketRegistry();
  private final RevokedTokens revokedTokens;

  ServerSockets(
      AGServer server, AGServerOptions options, ServerWarnings warnings, ServerMemory memory) {
    this.server = server;
    this.options = options;
    this.warnings = warnings;
    this.channelRules = new ServerRules(warnings::failed);
    this.unconsumed = new UnconsumedProcedures(warnings);
    this.unanswered = new UnansweredProcedures(warnings, options.ackTimeout());
    this.memoryReports = new MemoryReports(memory, server::emitWarning, System::nanoTime);
    this.connectionEvents = new ConnectionEvents(warnings.listeners());
    this.revokedTokens =
        new RevokedTokens(
            options.tokenRevocationLimit(), options.timeSource()::millis, this::endRevoked);
    this.observer = QuietObserver.of(options.serverObserver(), warnings.log());
  }

  SocketRegistry registry() {
    return registry;
  }

  Middlewares middlewares() {
    return middlewares;
  }

  ConnectionEvents connectionEvents() {
    return connectionEvents;
  }

  @Override
  public AGServer server() {
    return server;
  }

  @Override
  public AGServerOptions options() {
    return options;
  }

  @Override
  public @Nullable AGMiddleware middleware(MiddlewareLine line) {
    return middlewares.get(line);
  }

  ServerRules channelRules() {
    return channelRules;
  }

  @Override
  public @Nullable AGMiddleware rules() {
    return channelRules.middleware();
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

  @Override
  public void onUnanswered(String procedure) {
    unanswered.waited(procedure);
  }

  @Override
  public RevokedTokens revokedTokens() {
    return revokedTokens;
  }

  private long endRevoked() {
    return registry.all().stream().filter(this::endIfRevoked).count();
  }

  /** A failure with one socket leaves no other one its token. */
  private boolean endIfRevoked(DefaultServerSocket socket) {
    try {
      return socket.endIfRevoked(revokedTokens);
    } catch (RuntimeException e) {
      warnings.failed("A revoked token could not be taken from a socket", e);
      return false;
    }
  }

  @Override
  public void onPending(DefaultServerSocket socket) {
    registry.pending(socket);
    observer.connectionOpened(socket);
    server.emit(AGServer.HANDSHAKE, new ServerEvent.Handshake(socket));
  }

  @Override
  public void onOpen(DefaultServerSocket socket) {
    registry.opened(socket);
    observer.handshakeCompleted(socket);
  }

  @Override
  public void onClosed(DefaultServerSocket socket, int code) {
    registry.closed(socket);
    observer.connectionClosed(socket, code);
  }

  @Override
  public void onMemoryLimit(DefaultServerSocket socket, MemoryBound bound, long heldBytes) {
    observer.memoryLimited(socket, heldBytes);
    memoryReports.closing(socket.id(), bound, heldBytes);
  }

  /** A connection that has no socket yet, or none at all, is about to be closed. */
  void onMemoryLimit(String connection, MemoryBound bound, long heldBytes) {
    memoryReports.closing(connection, bound, heldBytes);
  }

  @Override
  public ConnectionMark emitConnection(ServerEvent.Connection event) {
    return connectionEvents.emit(event);
  }
}
