// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.heartbeat.ClientVersion;
import io.socketcluster.server.internal.middleware.ActionLine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a server socket is composed of. Each part owns its state; they know each other through here.
 * Event loop only, unless a part says otherwise. They may use the socket when they are used, not
 * when they are made: it is not complete then.
 */
final class SocketParts {
  private final DefaultServerSocket socket;
  private final ClientVersion version;
  private final SocketEvents events;
  private final SocketStreams streams;
  private final SocketInbound inbound;
  private final InboundMiddleware middleware;
  private final Authentication authentication;
  private final AuthActions authActions;
  private final Subscriptions subscriptions;
  private final TokenGrants grants;
  private final BrokerWait broker;
  private final ChannelActions channels;
  private final Answers answers;
  private final PacketDispatcher dispatcher;
  private final SocketWriter writer;
  private final OutboundCalls outbound;
  private final SocketLifecycle lifecycle;
  private @Nullable UnansweredCalls unanswered; // made by the first call of the client
  private @Nullable SocketDrain drain; // made when it begins

  /**
   * Makes the parts of a socket.
   *
   * @param handshake the line that was asked about the upgrade, or null when none was
   */
  SocketParts(DefaultServerSocket socket, @Nullable ActionLine handshake) {
    this.socket = socket;
    SocketHost host = socket.host();
    ServerLoop loop = socket.loop();
    version = new ClientVersion(socket.endpoint());
    events = new SocketEvents(socket, host);
    streams = new SocketStreams(new HandlerFailures(events), loop.handlers());
    inbound = new SocketInbound(socket);
    lifecycle = new SocketLifecycle(socket);
    writer = new SocketWriter(socket);
    outbound = new OutboundCalls(socket);
    middleware = new InboundMiddleware(socket, handshake);
    if (handshake != null) {
      handshake.reportTo(events);
    }
    subscriptions = new Subscriptions(socket);
    broker = new BrokerWait(loop, inbound.order());
    grants = new TokenGrants(socket);
    authentication = new Authentication(socket);
    answers = new Answers(writer, streams, events);
    authActions = new AuthActions(socket);
    channels =
        new ChannelActions(
            loop,
            middleware,
            subscriptions,
            grants,
            broker,
            answers,
            version,
            host.options().allowClientPublish());
    dispatcher = new PacketDispatcher(socket);
  }

  /** Makes a line of the middleware, which starts it with its first action. */
  ActionLine newLine(MiddlewareLine line) {
    ServerLoop loop = socket.loop();
    return new ActionLine(line, socket.host(), loop.tasks(), loop.handlers(), events);
  }

  ClientVersion version() {
    return version;
  }

  SocketInbound inbound() {
    return inbound;
  }

  SocketAccount account() {
    return inbound.account();
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
    UnansweredCalls existing = unanswered;
    if (existing == null) {
      Duration ackTimeout = socket.host().options().ackTimeout();
      existing = new UnansweredCalls(ackTimeout, socket.loop().sweep().time());
      unanswered = existing;
    }
    return existing;
  }

  /** Returns about how many bytes the calls of the client keep until they are answered. */
  long unansweredBytes() {
    UnansweredCalls existing = unanswered;
    return existing == null ? 0 : existing.heldBytes();
  }

  SocketDrain drain() {
    SocketDrain existing = drain;
    if (existing == null) {
      existing = new SocketDrain(socket);
      drain = existing;
    }
    return existing;
  }

  /** Returns whether a packet comes too late, for the server closes. */
  boolean refuses(Packet packet) {
    SocketDrain existing = drain;
    return existing != null && existing.refuses(packet);
  }

  void endSubscriptions() {
    subscriptions.removeAll();
  }

  SocketStreams streams() {
    return streams;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  TokenGrants grants() {
    return grants;
  }

  BrokerWait broker() {
    return broker;
  }

  ChannelActions channels() {
    return channels;
  }

  Answers answers() {
    return answers;
  }

  // What has no state of its own is made when it is needed.

  PingSender pings() {
    return new PingSender(socket.connection(), socket.endpoint());
  }

  TokenDelivery tokenDelivery() {
    return new TokenDelivery(socket);
  }

  TokenCheck tokenCheck() {
    return new TokenCheck(socket);
  }

  ClosingNotice closing() {
    return new ClosingNotice(socket);
  }

  /**
   * Looks after everything of the socket that depends on time; returns in how many nanoseconds it
   * wants to do so again. Whatever shortens that afterwards calls {@link
   * DefaultServerSocket#sweepSoon}.
   */
  long sweep(long now) {
    long next = inbound.sweep(now);
    next = Math.min(next, middleware.sweep(now));
    next = Math.min(next, writer.sweep(now));
    return Math.min(next, lifecycle.sweep(now));
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

  /** Returns in how many nanoseconds a token expires, or something that was granted to one. */
  long untilExpiry() {
    long expiry = Math.min(authentication.current().expiryMillis(), grants.expiryMillis());
    if (expiry == Long.MAX_VALUE) {
      return SweepSchedule.NEVER;
    }
    return TimeUnit.MILLISECONDS.toNanos(expiry + 1 - System.currentTimeMillis());
  }
}
