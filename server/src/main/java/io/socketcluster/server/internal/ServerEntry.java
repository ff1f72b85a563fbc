// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.socketcluster.protocol.errors.ServerProtocolError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.http.Origins;
import io.socketcluster.server.internal.http.TrustedProxies;
import io.socketcluster.server.internal.limits.HandshakeGate;
import io.socketcluster.server.internal.limits.RequestPlaces;
import io.socketcluster.server.internal.memory.LoopMemory;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.memory.ServerMemory;
import io.socketcluster.server.internal.reports.ServerWarnings;
import io.socketcluster.server.internal.session.DefaultServerSocket;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.PendingUpgrade;
import io.socketcluster.server.internal.transport.RequestDescription;
import io.socketcluster.server.internal.transport.Routes;
import io.socketcluster.server.internal.transport.tls.ServerTls;
import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.server.internal.wire.LoopFlusher;
import io.socketcluster.server.internal.wire.Wire;
import io.socketcluster.server.internal.wire.WireListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a connection into a server: its rules, its limits, and the socket in the end. */
final class ServerEntry implements ConnectionAcceptor {
  private static final Logger LOG = LoggerFactory.getLogger(ServerEntry.class);

  private final AGServer server;
  private final ServerSockets sockets;
  private final ServerLoops loops;
  private final ServerWarnings warnings;
  private final ServingState serving;
  private final ServedEndpoints endpoints;
  private final ServerTls tls;
  private final TrustedProxies proxies;
  private final Origins origins;
  private final HttpAnswers answers;
  private final RequestPlaces requestPlaces;
  private final HandshakeGate gate;
  private final HandshakeMiddleware handshakes;
  private final OpenConnections connections = new OpenConnections();

  ServerEntry(
      AGServer server,
      ServerSockets sockets,
      ServerLoops loops,
      ServerWarnings warnings,
      ServingState serving) {
    this.server = server;
    this.sockets = sockets;
    this.loops = loops;
    this.warnings = warnings;
    this.serving = serving;
    AGServerOptions options = sockets.options();
    this.endpoints = new ServedEndpoints(options.endpoints(), options.perMessageDeflate());
    this.tls = new ServerTls(options.tls());
    this.proxies = new TrustedProxies(options.trustedProxies());
    this.origins = new Origins(options.origins());
    this.answers =
        new HttpAnswers(
            options.httpHandler(), e -> warnings.failed("The option httpHandler failed", e));
    this.requestPlaces = new RequestPlaces(options);
    this.gate = new HandshakeGate(options, sockets.observer());
    this.handshakes = new HandshakeMiddleware(sockets, warnings);
  }

  OpenConnections connections() {
    return connections;
  }

  /** Refuses all connections that are not sockets yet; those that follow are refused, too. */
  void refuseAll() {
    handshakes.refuseAll();
    gate.open();
  }

  /** Releases what the endpoints hold. */
  void close() {
    endpoints.close();
  }

  @Override
  public AGServerOptions options() {
    return sockets.options();
  }

  @Override
  public ServerObserver observer() {
    return sockets.observer();
  }

  @Override
  public HttpAnswer answer(
      io.netty.handler.codec.http.HttpRequest request, Channel channel, byte[] body) {
    return answers.to(RequestDescription.of(server, request, body, channel, proxies));
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
    return serving.isAccepting();
  }

  @Override
  public HandshakeGate gate() {
    return gate;
  }

  @Override
  public ServerMemory memory() {
    return loops.memory();
  }

  @Override
  public void onMemoryLimit(Channel connection, MemoryBound bound, long heldBytes) {
    sockets.onMemoryLimit("of a request from " + connection.remoteAddress(), bound, heldBytes);
  }

  @Override
  public LoopMemory memory(EventLoop loop) {
    return loops.of(loop).memory();
  }

  @Override
  public void onLoopLost() {
    ServerProtocolError error =
        new ServerProtocolError(
            "An event loop has ended, and its sockets are lost: restart the process");
    LOG.error("{}", error.getMessage());
    server.emit(AGServer.ERROR, new ServerEvent.Failure(error));
  }

  @Override
  public void onAttached() {
    serving.attached();
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
    return loops.of(loop).flusher();
  }

  @Override
  public LoopTurns turns(EventLoop loop) {
    return loops.of(loop).turns();
  }

  @Override
  public Routes routes() {
    return endpoints;
  }

  @Override
  public @Nullable PendingUpgrade authorize(
      UpgradeRequest request, Channel channel, Consumer<@Nullable Throwable> decided) {
    UpgradeQuestion asked = handshakes.ask(request, loops.of(channel.eventLoop()), decided);
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
            sockets,
            loops.of(wire.eventLoop()),
            wire,
            request,
            endpoint,
            upgrade instanceof UpgradeQuestion asked ? asked.line() : null);
    socket.begin();
    if (!serving.isAccepting()) {
      socket.leave(); // close() may have looked before this one was there
    }
    return socket.wire();
  }
}
