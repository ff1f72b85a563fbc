// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.session;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.client.internal.channels.ChannelNames;
import io.socketcluster.client.internal.channels.Channels;
import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.connection.ConnectionCycle;
import io.socketcluster.client.internal.connection.ConnectionEnd;
import io.socketcluster.client.internal.connection.CurrentConnection;
import io.socketcluster.client.internal.connection.HandshakeStatus;
import io.socketcluster.client.internal.events.ClientEvents;
import io.socketcluster.client.internal.events.ClientStreams;
import io.socketcluster.client.internal.inbound.Inbound;
import io.socketcluster.client.internal.inbound.PacketDispatcher;
import io.socketcluster.client.internal.inbound.Responder;
import io.socketcluster.client.internal.loop.HandOver;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.client.internal.outbound.Batching;
import io.socketcluster.client.internal.outbound.ClientCalls;
import io.socketcluster.client.internal.outbound.Outbound;
import io.socketcluster.client.internal.outbound.OutboundBytes;
import io.socketcluster.client.internal.outbound.OutboundQueue;
import io.socketcluster.client.internal.tokens.Authentication;
import io.socketcluster.client.internal.tokens.CurrentLogin;
import io.socketcluster.client.internal.tokens.KeptToken;
import io.socketcluster.client.internal.tokens.LoginRequests;
import io.socketcluster.client.internal.tokens.Logins;
import io.socketcluster.client.internal.tokens.TokenKeeper;
import io.socketcluster.client.internal.tokens.TokenRemoval;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.streams.HandlerFailures;
import io.socketcluster.protocol.errors.SocketProtocolError;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the parts of a socket, and tells them how far its connection is. No other class knows all
 * parts, and no part knows this one. Its methods are for the event loop.
 */
final class ClientSession implements ConnectionCycle.Listener {
  private final Supplier<AGClientOptions> options;
  final CurrentConnection current;
  final ClientEvents events;
  final ClientStreams streams;
  final ConnectionCycle cycle;
  final OutboundBytes outboundBytes;
  final Outbound outbound;
  final Batching batching;
  final Channels channels;
  final CurrentLogin login = new CurrentLogin();
  final ClientCalls calls;
  final LoginRequests loginRequests;
  private final HandOver handOver;
  private final OutboundQueue queue;
  private final KeptToken keptToken;
  private final Authentication authentication;
  private final Inbound inbound;

  ClientSession(AGClientSocket socket, SocketLoop loop, Supplier<AGClientOptions> options) {
    this.options = options;
    current = new CurrentConnection(options.get().connectTimeout());
    events = new ClientEvents(socket, loop);
    streams = new ClientStreams(loop.waiting(), new HandlerFailures(events));
    cycle = new ConnectionCycle(loop, options, current, this);
    handOver = new HandOver(loop);

    outboundBytes = new OutboundBytes(options);
    queue = new OutboundQueue(loop, current, events, outboundBytes);
    outbound = new Outbound(loop, cycle, current, queue, outboundBytes);
    batching = new Batching(options, current);

    ChannelNames names = new ChannelNames(options);
    channels = new Channels(names, current, login::isPresent, streams, events);
    calls = new ClientCalls(options, names, outbound, handOver);

    keptToken = new KeptToken(options, new TokenKeeper(loop), events);
    Logins logins = new Logins(login, channels, events);
    authentication = new Authentication(current, logins, keptToken, new TokenRemoval(loop), queue);
    loginRequests = new LoginRequests(loop, options, authentication, outbound, handOver);

    Responder responder = new Responder(loop, current, events);
    inbound =
        new Inbound(
            options,
            current,
            events,
            streams,
            new PacketDispatcher(authentication, channels, streams, events, responder));
  }

  // --- The way up ---

  @Override
  public void onConnect() {
    streams.retain();
  }

  @Override
  public void onConnecting() {
    events.emit(AGClientSocket.CONNECTING, new ClientEvent.Connecting());
  }

  @Override
  public void onOpen(Connection connection) {
    int removalsBefore = authentication.removals();
    new Handshake(
            connection,
            current,
            options.get().ackTimeout(),
            events,
            (status, token) -> opened(connection, status, token, removalsBefore))
        .begin(keptToken.load());
  }

  private void opened(
      Connection connection, HandshakeStatus status, @Nullable String token, int removalsBefore) {
    cycle.opened(connection, status);
    batching.opened(connection);
    channels.prepare();
    authentication.handshaken(connection, status, token, removalsBefore);
    if (options.get().autoSubscribeOnConnect()) {
      channels.processPending();
    }
    events.emit(
        AGClientSocket.CONNECT,
        new ConnectionEvent.Connect(
            status.id(), status.pingTimeout(), status.isAuthenticated(), status.authError()));
    queue.flush();
    streams.releaseSoon();
  }

  @Override
  public void onMessage(Connection connection, byte[] message) {
    inbound.onMessage(connection, message);
  }

  // --- The way down ---

  @Override
  public void onEnd(
      Connection connection, int code, @Nullable String reason, @Nullable Throwable cause) {
    cycle.ended(connection, code, reason, cause);
  }

  @Override
  public void onEnded(ConnectionEnd end) {
    authentication.connectionLost();
    events.pause(); // the calls have failed before anything is told
    channels.suspend();
    ConnectionEvent.Closed closed = new ConnectionEvent.Closed(end.code(), end.reason());
    events.emit(end.wasOpen() ? AGClientSocket.DISCONNECT : AGClientSocket.CONNECT_ABORT, closed);
    events.emit(AGClientSocket.CLOSE, closed);
    SocketProtocolError error = end.error();
    if (error != null) {
      events.error(error);
    }
    queue.abort(end);
    handOver.whenFailuresArrived(events::resume);
    streams.releaseSoon();
  }
}
