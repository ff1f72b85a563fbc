// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.socketcluster.engineio.EngineIOOptions;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.http.sessions.WebSocketLink;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpUpgrade;
import io.socketcluster.server.spi.SocketEndpoint;
import java.time.Duration;

/** The clients 2.2.3 to 2.2.24: a WebSocket without a handshake. Thread-safe. */
final class PlainSessions {
  private final HttpSessions sessions;
  private final SocketEndpoint endpoint;
  private final PacketZeroCodec codec;
  private final AGServerOptions server;
  private final EngineIOOptions options;

  PlainSessions(
      HttpSessions sessions,
      SocketEndpoint endpoint,
      PacketZeroCodec codec,
      AGServerOptions server,
      EngineIOOptions options) {
    this.sessions = sessions;
    this.endpoint = endpoint;
    this.codec = codec;
    this.server = server;
    this.options = options;
  }

  void open(HttpUpgrade upgrade) {
    WebSocketLink.open(upgrade, server.maxPayload(), new PlainSession(this, upgrade.request()));
  }

  /** Opens a session; returns false when there are too many. */
  boolean open(PlainSession session, UpgradeRequest request, WebSocketLink link) {
    return sessions.open(HttpSessions.newId(), request, endpoint, link.eventLoop(), session)
        != null;
  }

  Duration pingInterval() {
    return server.pingInterval();
  }

  byte[] hello(UpgradeRequest request) {
    return codec.hello(CookieToken.of(request, options.authCookieName()));
  }
}
