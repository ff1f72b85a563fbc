// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import io.netty.channel.EventLoop;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.streams.HandlerFailures;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.internal.channels.SocketChannels;
import io.socketcluster.server.internal.dispatch.ApplicationEvents;
import io.socketcluster.server.internal.dispatch.ChannelActions;
import io.socketcluster.server.internal.dispatch.ClosingNotice;
import io.socketcluster.server.internal.dispatch.Handshake;
import io.socketcluster.server.internal.dispatch.InboundCalls;
import io.socketcluster.server.internal.dispatch.PacketDispatcher;
import io.socketcluster.server.internal.dispatch.SubscriptionRecheck;
import io.socketcluster.server.internal.events.ServerStreams;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.events.SocketLines;
import io.socketcluster.server.internal.heartbeat.ClientVersion;
import io.socketcluster.server.internal.heartbeat.Heartbeat;
import io.socketcluster.server.internal.heartbeat.Liveness;
import io.socketcluster.server.internal.inbound.Arrivals;
import io.socketcluster.server.internal.inbound.InboundMiddleware;
import io.socketcluster.server.internal.inbound.InboundOrder;
import io.socketcluster.server.internal.inbound.InboundPace;
import io.socketcluster.server.internal.inbound.PacketReader;
import io.socketcluster.server.internal.inbound.StreamRetention;
import io.socketcluster.server.internal.loop.Swept;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.outbound.Outbound;
import io.socketcluster.server.internal.outbound.ReservedAnswers;
import io.socketcluster.server.internal.outbound.Responder;
import io.socketcluster.server.internal.outbound.SocketWriter;
import io.socketcluster.server.internal.tokens.Authentication;
import io.socketcluster.server.internal.tokens.TokenCheck;
import io.socketcluster.server.internal.tokens.TokenDelivery;
import io.socketcluster.server.internal.tokens.TokenGrants;
import io.socketcluster.server.internal.tokens.TokenLife;
import io.socketcluster.server.internal.wire.Wire;
import io.socketcluster.server.internal.wire.WireListener;
import org.jspecify.annotations.Nullable;

/**
 * Makes the parts of a socket. No other class knows all of them, and no part knows this one: each
 * is given the parts it works with, and the role that the session has for it.
 */
abstract class SocketWiring extends Swept
    implements Handshake.Opening,
        WireListener,
        InboundOrder.Processor,
        InboundPace.Observer,
        SocketAccount.Keeper,
        SocketDrain.Drained {
  private final ServerLoop loop;
  final SocketEvents events;
  final ServerStreams streams;
  final InboundOrder order;
  final SocketAccount account;
  final Heartbeat heartbeat;
  final Arrivals arrivals;
  final SocketWriter writer;
  final Outbound outbound;
  final SocketChannels channels;
  final TokenLife tokens;
  final InboundPace pace;
  final InboundMiddleware middleware;
  final StreamRetention keeping;
  final Responder responder;
  final InboundCalls calls;
  final PacketReader reader;

  /**
   * Makes the parts of a socket.
   *
   * @param handshakeLine the line that was asked about the upgrade, or null when none was
   */
  SocketWiring(
      AGServerSocket socket,
      SocketHost host,
      ServerLoop loop,
      Wire connection,
      @Nullable ActionLine handshakeLine) {
    super(loop.sweep());
    this.loop = loop;
    CodecEngine codec = socket.endpoint().codecEngine();
    AGServerOptions options = host.options();
    EventLoop eventLoop = loop.eventLoop();

    events = new SocketEvents(socket, host);
    streams = new ServerStreams(new HandlerFailures(events), loop.handlers());
    order = new InboundOrder(this, loop.turns(), options.inboundBufferLimit());
    account = new SocketAccount(loop.memory(), streams, events, order, this);
    keeping = new StreamRetention(streams, order, options.socketStreamCleanupMode(), eventLoop);

    ClientVersion version = new ClientVersion(socket.endpoint());
    boolean isWatched = !options.pingTimeoutDisabled() && version.version() != ProtocolVersion.V0;
    Liveness liveness = new Liveness(options, isWatched, loop.sweep().time(), time().nanoTime());
    heartbeat = new Heartbeat(liveness, version, connection, socket.endpoint(), this);

    SocketLines lines = new SocketLines(loop.lines(), events, this);
    if (handshakeLine != null) {
      handshakeLine.reportTo(events);
    }
    middleware = new InboundMiddleware(lines, order, handshakeLine);
    pace = new InboundPace(options, eventLoop, order, connection, this);
    arrivals = new Arrivals(heartbeat, middleware, order, pace, events);

    writer = new SocketWriter(connection, codec, account, lines, heartbeat);
    outbound = new Outbound(this, writer, events, account, order);

    channels = new SocketChannels(loop.channels(), order, writer, account, events);
    Authentication authentication = new Authentication(events, this);
    TokenGrants grants =
        new TokenGrants(
            options.expiredTokenSubscriptions(), authentication, channels, middleware, this);
    tokens = new TokenLife(authentication, grants, writer);

    responder = new Responder(writer, events, account, this, loop.calls());
    calls = new InboundCalls(streams, events, responder, heartbeat, order);
    reader = new PacketReader(codec, heartbeat);
  }

  /** Makes what decides about events, of which an idle socket keeps nothing. */
  final PacketDispatcher newDispatcher() {
    ReservedAnswers answers = new ReservedAnswers(writer, streams, events);
    ClientVersion version = heartbeat.version();
    return new PacketDispatcher(
        new Handshake(tokens, answers, version, this),
        new ChannelActions(middleware, channels, tokens.grants(), answers, version),
        new ClosingNotice(version, writer, this),
        new ApplicationEvents(middleware, streams, calls, answers, events),
        tokens);
  }

  /** Returns what asks the rules again, which has no state. */
  final SubscriptionRecheck newRecheck() {
    return new SubscriptionRecheck(middleware, channels, tokens.grants());
  }

  @Override
  public final EventLoop eventLoop() {
    return loop.eventLoop();
  }

  @Override
  public final TimeSource time() {
    return loop.sweep().source();
  }

  @Override
  public final TokenCheck checkToken() {
    return new TokenCheck(loop.tokens(), order, tokens.authentication(), middleware, events);
  }

  /** Returns what the application's tokens go through, which has no state. */
  final TokenDelivery tokenDelivery() {
    return new TokenDelivery(loop.tokens(), tokens, outbound, events, this);
  }
}
