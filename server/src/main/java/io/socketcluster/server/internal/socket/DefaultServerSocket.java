// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.core.InboundCall;
import io.socketcluster.core.InboundMessage;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthState;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.DeauthenticateOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ProtocolVersion;
import io.socketcluster.server.SocketState;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.transport.WireConnection;
import io.socketcluster.server.internal.transport.WireListener;
import io.socketcluster.stream.StreamDemux;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A server socket, composed of its parts. What is not public is for the event loop only. */
public final class DefaultServerSocket implements AGServerSocket {
  private final String id = SocketIds.next();
  private final SocketHost host;
  private final ServerLoop loop;
  private final WireConnection connection;
  private final UpgradeRequest request;
  private final AGEndpoint endpoint;
  private final Heartbeat heartbeat;
  private final SocketEvents events;
  private final SocketStreams streams;
  private final SocketInbound inbound;
  private final InboundMiddleware middleware;
  private final Authentication authentication;
  private final AuthActions authActions;
  private final TokenDelivery tokenDelivery;
  private final Subscriptions subscriptions;
  private final TokenGrants grants;
  private final ClosingNotice closing;
  private final PacketDispatcher dispatcher;
  private final SocketWriter writer;
  private final OutboundCalls outbound;
  private final SocketLifecycle lifecycle;
  private final UnansweredCalls unanswered;
  private final SocketDrain drain;
  private int sweepIndex;

  /**
   * Makes the socket of a connection and begins to wait for its handshake.
   *
   * @param handshake the line that was asked about the upgrade, or null when none was
   */
  public DefaultServerSocket(
      SocketHost host,
      ServerLoop loop,
      WireConnection connection,
      UpgradeRequest request,
      AGEndpoint endpoint,
      @Nullable ActionLine handshake) {
    this.host = host;
    this.loop = loop;
    this.connection = connection;
    this.request = request;
    this.endpoint = endpoint;
    heartbeat = new Heartbeat(connection, endpoint);
    events = new SocketEvents(this, host.server());
    streams = new SocketStreams(events::error);
    inbound = new SocketInbound(this, host, loop.eventLoop(), connection, streams);
    InboundOrder order = inbound.order();
    lifecycle = new SocketLifecycle(this, host, loop, connection, events, streams, order);
    writer =
        new SocketWriter(
            this,
            host.options(),
            endpoint.codecEngine(),
            connection,
            heartbeat,
            line(MiddlewareLine.OUTBOUND));
    unanswered = new UnansweredCalls(host.options().ackTimeout(), System.nanoTime());
    drain = new SocketDrain(this, loop, order, streams);
    outbound = new OutboundCalls(this, loop.eventLoop(), writer, events, unanswered);
    middleware =
        new InboundMiddleware(
            this,
            order,
            handshake == null ? line(MiddlewareLine.HANDSHAKE) : handshake,
            line(MiddlewareLine.INBOUND_RAW),
            line(MiddlewareLine.INBOUND));
    if (handshake != null) {
      handshake.reportTo(events::error);
    }
    subscriptions = new Subscriptions(this, loop, events, host.options().socketChannelLimit());
    BrokerWait broker = new BrokerWait(loop.eventLoop(), order);
    grants =
        new TokenGrants(
            this,
            order,
            middleware,
            subscriptions,
            broker,
            host.options().expiredTokenSubscriptions());
    authentication = new Authentication(this, host.server(), grants);
    Answers answers = new Answers(writer, streams, events);
    TokenCheck check =
        new TokenCheck(this, host, loop.eventLoop(), order, middleware, authentication, events);
    authActions =
        new AuthActions(this, check, middleware, authentication, answers, writer, heartbeat);
    tokenDelivery =
        new TokenDelivery(this, host, loop.eventLoop(), authentication, outbound, events);
    ChannelActions channels =
        new ChannelActions(
            loop,
            middleware,
            subscriptions,
            grants,
            broker,
            answers,
            heartbeat,
            host.options().allowClientPublish());
    closing = new ClosingNotice(this, writer);
    dispatcher =
        new PacketDispatcher(
            this, authActions, channels, closing, middleware, streams, answers, host.options());
  }

  /** Registers the socket with its loop and its server. */
  public void begin() {
    loop.add(this);
    host.onPending(this);
  }

  private ActionLine line(MiddlewareLine line) {
    return new ActionLine(line, host, loop.tasks(), events::error);
  }

  /** Ends the middleware of a line that was removed. Any thread. */
  public void removed(MiddlewareLine line) {
    LoopTasks.run(
        loop.eventLoop(),
        () -> {
          if (line == MiddlewareLine.OUTBOUND) {
            writer.middleware().removed();
          } else {
            middleware.removed(line);
          }
        });
  }

  /** Returns the side of the socket that hears from the wire. */
  public WireListener wire() {
    return inbound;
  }

  // The parts, for each other.

  Heartbeat heartbeat() {
    return heartbeat;
  }

  SocketInbound inbound() {
    return inbound;
  }

  PacketDispatcher dispatcher() {
    return dispatcher;
  }

  Authentication authentication() {
    return authentication;
  }

  AuthActions authActions() {
    return authActions;
  }

  WireConnection connection() {
    return connection;
  }

  SocketEvents events() {
    return events;
  }

  InboundMiddleware middleware() {
    return middleware;
  }

  SocketWriter writer() {
    return writer;
  }

  OutboundCalls outbound() {
    return outbound;
  }

  SocketLifecycle lifecycle() {
    return lifecycle;
  }

  UnansweredCalls unanswered() {
    return unanswered;
  }

  SocketDrain drain() {
    return drain;
  }

  void endSubscriptions() {
    subscriptions.removeAll();
  }

  int sweepIndex() {
    return sweepIndex;
  }

  void sweepIndex(int index) {
    sweepIndex = index;
  }

  /** Looks after everything of this socket that depends on time. */
  void sweep(long now) {
    inbound.sweep(now);
    middleware.sweep(now);
    unanswered.sweep(now);
    writer.middleware().sweep(now);
    lifecycle.sweep(now);
  }

  /**
   * Takes an expired token away, and what it was needed for; returns the error for the packet that
   * came too late.
   */
  @Nullable AuthTokenExpiredError expireToken() {
    long now = System.currentTimeMillis();
    AuthTokenExpiredError error = null;
    if (authentication.isExpired(now)) {
      error = authentication.expiredError();
      authActions.deauthenticate();
    }
    if (grants.haveExpired(now)) {
      grants.expire();
    }
    return error;
  }

  // The application above.

  @Override
  public String id() {
    return id;
  }

  @Override
  public AGServer server() {
    return host.server();
  }

  @Override
  public UpgradeRequest request() {
    return request;
  }

  @Override
  public AGEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public ProtocolVersion protocolVersion() {
    return heartbeat.version();
  }

  @Override
  public SocketState state() {
    return lifecycle.state();
  }

  @Override
  public StreamDemux<Object> listenerDemux() {
    return streams.listeners();
  }

  @Override
  public StreamDemux<InboundMessage> receiverDemux() {
    return streams.receivers();
  }

  @Override
  public StreamDemux<InboundCall> procedureDemux() {
    return streams.procedures();
  }

  @Override
  public AuthState authState() {
    return authentication.current().state();
  }

  @Override
  public @Nullable JsonNode authToken() {
    return authentication.current().claims();
  }

  @Override
  public @Nullable String signedAuthToken() {
    return authentication.current().signed();
  }

  @Override
  public void transmit(String event, @Nullable Object data) {
    outbound.transmit(event, data == null ? null : Payload.of(data));
  }

  @Override
  public void send(String message) {
    outbound.sendRaw(message.getBytes(UTF_8), false);
  }

  @Override
  public void send(byte[] message) {
    outbound.sendRaw(message.clone(), true);
  }

  @Override
  public void startBatch() {
    onBatch(OutboundBatch::start);
  }

  @Override
  public void flushBatch() {
    onBatch(OutboundBatch::flush);
  }

  @Override
  public void cancelBatch() {
    onBatch(OutboundBatch::cancel);
  }

  @Override
  public void startBatching() {
    onBatch(OutboundBatch::startBatching);
  }

  @Override
  public void stopBatching() {
    onBatch(OutboundBatch::stopBatching);
  }

  @Override
  public void cancelBatching() {
    onBatch(OutboundBatch::cancelBatching);
  }

  private void onBatch(Consumer<OutboundBatch> action) {
    LoopTasks.run(
        loop.eventLoop(),
        () -> {
          if (state() != SocketState.CLOSED) {
            action.accept(writer.batch());
          }
        });
  }

  @Override
  public boolean isBufferingBatch() {
    return writer.isBufferingBatch();
  }

  @Override
  public boolean isBatching() {
    return writer.isBatching();
  }

  @Override
  public CompletableFuture<JsonNode> invoke(
      String event, @Nullable Object data, Duration ackTimeout) {
    return outbound
        .invoke(event, data == null ? null : Payload.of(data), ackTimeout)
        .handleAsync(
            (answer, failure) -> {
              if (failure instanceof AGException error) {
                throw error;
              }
              return answer == null ? MissingNode.getInstance() : answer.node();
            },
            ApplicationThreads.EXECUTOR);
  }

  @Override
  public CompletableFuture<Void> setAuthToken(Object authToken, AuthTokenOptions options) {
    return tokenDelivery.setAuthToken(authToken, options);
  }

  @Override
  public CompletableFuture<Void> deauthenticate(DeauthenticateOptions options) {
    if (options.rejectOnFailedDelivery()) {
      return tokenDelivery.removeAuthToken();
    }
    LoopTasks.await(loop.eventLoop(), authActions::deauthenticate);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void deauthenticateSelf() {
    LoopTasks.await(loop.eventLoop(), authentication::deauthenticate);
  }

  @Override
  public void kickOut(String channel, @Nullable String message) {
    LoopTasks.await(loop.eventLoop(), () -> kickOutNow(channel, message));
  }

  @Override
  public void kickOut(@Nullable String message) {
    LoopTasks.await(
        loop.eventLoop(),
        () -> {
          subscriptions.names().forEach(channel -> kickOutNow(channel, message));
          grants.restingNames().forEach(channel -> kickOutNow(channel, message));
        });
  }

  @Override
  public void kickOut(Collection<String> channels, @Nullable String message) {
    List<String> names = List.copyOf(channels);
    LoopTasks.await(loop.eventLoop(), () -> names.forEach(channel -> kickOutNow(channel, message)));
  }

  void kickOutNow(String channel, @Nullable String message) {
    if (grants.forget(channel) || subscriptions.contains(channel)) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("channel", channel);
      if (message != null) {
        data.put("message", message);
      }
      outbound.transmit(ReservedEvents.KICK_OUT, Payload.of(data));
      subscriptions.discard(channel);
    }
  }

  @Override
  public Set<String> subscriptions() {
    return new LinkedHashSet<>(subscriptions.names());
  }

  @Override
  public boolean isSubscribed(String channel) {
    return subscriptions.contains(channel);
  }

  @Override
  public void disconnect(int code, @Nullable String reason) {
    if (!CloseCode.isApplicable(code)) {
      throw new InvalidArgumentsError(
          "code is " + code + "; allowed: 1000 or 3000 to 4999 (RFC 6455, 7.4.2)");
    }
    LoopTasks.run(
        loop.eventLoop(),
        () -> {
          closing.announce(code, reason);
          lifecycle.close(code, reason);
        });
  }

  /** Closes with any code. Any thread. */
  void disconnectNow(int code, @Nullable String reason) {
    LoopTasks.run(loop.eventLoop(), () -> lifecycle.close(code, reason));
  }

  /**
   * Closes the socket because the server closes, once nothing that it has accepted is left to do.
   * Any thread.
   */
  public void leave() {
    LoopTasks.run(loop.eventLoop(), drain::begin);
  }

  /** Closes the socket because the server closes, whatever is left to do. Any thread. */
  public void leaveNow() {
    LoopTasks.run(loop.eventLoop(), drain::close);
  }

  @Override
  public void terminate() {
    LoopTasks.run(
        loop.eventLoop(),
        () -> {
          connection.terminate();
          lifecycle.finish(CloseCode.HUNG_UP, null);
        });
  }

  @Override
  public long getBytesReceived() {
    return inbound.bytesReceived();
  }

  @Override
  public int getInboundBackpressure() {
    return inbound.order().backlog();
  }

  @Override
  public int getOutboundBackpressure() {
    return connection.pendingFrames() + writer.middleware().count();
  }

  @Override
  public long getOutboundBufferedBytes() {
    return connection.pendingBytes() + writer.middleware().bytes();
  }
}
