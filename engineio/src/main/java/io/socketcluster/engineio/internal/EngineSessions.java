// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.netty.channel.EventLoop;
import io.socketcluster.engineio.EngineIOOptions;
import io.socketcluster.http.sessions.Cors;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.http.sessions.WebSocketLink;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.HttpUpgrade;
import io.socketcluster.server.spi.SocketEndpoint;
import org.jspecify.annotations.Nullable;

/** The sessions of Engine.IO. Thread-safe. */
final class EngineSessions {
  private final HttpSessions sessions;
  private final SocketEndpoint endpoint;
  private final PacketZeroCodec codec;
  private final EngineIOOptions options;

  EngineSessions(
      HttpSessions sessions,
      SocketEndpoint endpoint,
      PacketZeroCodec codec,
      EngineIOOptions options) {
    this.sessions = sessions;
    this.endpoint = endpoint;
    this.codec = codec;
    this.options = options;
  }

  /** Returns the open session of an id that a request may use, or null. */
  @Nullable EngineSession find(String id, UpgradeRequest request) {
    EngineSession session = sessions.find(id, EngineSession.class);
    return session != null && session.accepts(request) ? session : null;
  }

  /** Opens a session by a poll, which is answered with its id. */
  void open(HttpExchange exchange) {
    UpgradeRequest request = exchange.request();
    EngineSession session = new EngineSession(this, request, exchange);
    if (open(session, request, exchange.eventLoop()) == null) {
      exchange.answer(Cors.readable(request, HttpAnswer.text(429, "Too many sessions")));
    }
  }

  /** Opens a session by a WebSocket. */
  void open(HttpUpgrade upgrade) {
    EngineSession session = new EngineSession(this, upgrade.request(), null);
    WebSocketLink.open(upgrade, options.maxRequestBody(), new EngineSocket(session));
  }

  /** Opens a session on an event loop; returns null when there are too many. */
  @Nullable HttpSession open(EngineSession session, UpgradeRequest request, EventLoop loop) {
    return sessions.open(session.id(), request, endpoint, loop, session);
  }

  HttpSessions sessions() {
    return sessions;
  }

  EngineIOOptions options() {
    return options;
  }

  /** Returns the first message for the socket: the handshake that the client does not send. */
  byte[] hello(UpgradeRequest request) {
    return codec.hello(CookieToken.of(request, options.authCookieName()));
  }
}
