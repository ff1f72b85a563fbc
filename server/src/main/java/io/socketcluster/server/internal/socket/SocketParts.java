// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.transport.WireConnection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a server socket is composed of. Each part owns its state; they know each other through here.
 * Event loop only, unless a part says otherwise. They may use the socket when they are used, not
 * when they are made: it is not complete then.
 */
final class SocketParts {
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

  /**
   * Makes the parts of the socket of a connection.
   *
   * @param handshake the line that was asked about the upgrade, or null when none was
   */
  SocketParts(
      DefaultServerSocket socket,
      SocketHost host,
      ServerLoop loop,
      WireConnection connection,
      AGEndpoint endpoint,
      @Nullable ActionLine handshake) {
    heartbeat = new Heartbeat(connection, endpoint);
    events = new SocketEvents(socket, host.server());
    Function<MiddlewareLine, ActionLine> lines =
        line -> new ActionLine(line, host, loop.tasks(), loop.handlers(), events::error);
    streams = new SocketStreams(events::error, loop.handlers());
    inbound = new SocketInbound(socket, host, loop.eventLoop(), connection, streams);
    InboundOrder order = inbound.order();
    lifecycle = new SocketLifecycle(socket, host, loop, connection, events, streams, order);
    writer = new SocketWriter(socket, endpoint.codecEngine(), connection, heartbeat, lines);
    unanswered = new UnansweredCalls(host.options().ackTimeout(), System.nanoTime());
    drain = new SocketDrain(socket, loop, order, streams);
    outbound = new OutboundCalls(socket, loop.eventLoop(), writer, events, unanswered);
    middleware = new InboundMiddleware(socket, host, order, lines, handshake);
    if (handshake != null) {
      handshake.reportTo(events::error);
    }
    subscriptions = new Subscriptions(socket, loop, events, host.options().socketChannelLimit());
    BrokerWait broker = new BrokerWait(loop, order);
    grants =
        new TokenGrants(
            socket,
            order,
            middleware,
            subscriptions,
            broker,
            host.options().expiredTokenSubscriptions());
    authentication = new Authentication(socket, host.server(), grants);
    Answers answers = new Answers(writer, streams, events);
    TokenCheck check =
        new TokenCheck(socket, host, loop.eventLoop(), order, middleware, authentication, events);
    authActions =
        new AuthActions(socket, check, middleware, authentication, answers, writer, heartbeat);
    tokenDelivery =
        new TokenDelivery(socket, host, loop.eventLoop(), authentication, outbound, events);
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
    closing = new ClosingNotice(socket, writer);
    dispatcher =
        new PacketDispatcher(
            socket, authActions, channels, closing, middleware, streams, answers, host.options());
  }

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

  SocketStreams streams() {
    return streams;
  }

  TokenDelivery tokenDelivery() {
    return tokenDelivery;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  TokenGrants grants() {
    return grants;
  }

  ClosingNotice closing() {
    return closing;
  }

  /** Looks after everything of the socket that depends on time. */
  void sweep(long now) {
    inbound.sweep(now);
    middleware.sweep(now);
    unanswered.sweep(now);
    writer.sweep(now);
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
}
