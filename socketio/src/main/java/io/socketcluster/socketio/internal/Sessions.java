// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import io.netty.channel.EventLoop;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.http.sessions.SessionTimes;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.SocketEndpoint;
import io.socketcluster.socketio.SocketIOOptions;
import io.socketcluster.socketio.SocketIOTransport;
import io.socketcluster.socketio.TransportOptions;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The sessions of a door. Thread-safe. */
final class Sessions {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BITS = 160;
  private static final int ID_DIGITS = 49; // 2 to the power of 160 has as many

  /** A session that is not open yet has no connection either. */
  private static final Duration OPENING = Duration.ofSeconds(20);

  /** The heartbeats notice that a client has gone. */
  private static final Duration NEVER = Duration.ofDays(365);

  private final HttpSessions sessions;
  private final SocketEndpoint endpoint;
  private final DefaultListener listener;

  Sessions(HttpSessions sessions, SocketEndpoint endpoint, DefaultListener listener) {
    this.sessions = sessions;
    this.endpoint = endpoint;
    this.listener = listener;
  }

  /** Returns an id that nobody can guess, of digits as the old server has them. */
  static String newId() {
    String digits = new BigInteger(ID_BITS, RANDOM).toString();
    return "0".repeat(ID_DIGITS - digits.length()) + digits;
  }

  /** Returns the session that a request of this transport may use, or null. */
  @Nullable Session find(String id, SocketIOTransport transport, UpgradeRequest request) {
    Session session = sessions.find(id, Session.class);
    return session != null && session.accepts(transport, request) ? session : null;
  }

  /**
   * Opens a session on an event loop, which is the caller's; returns false when there are too many.
   */
  boolean open(Session session, UpgradeRequest request, EventLoop loop) {
    HttpSession opened =
        sessions.open(
            session.id(),
            request,
            endpoint,
            loop,
            timesOf(options(), session.transport()),
            session);
    return opened != null;
  }

  /** Returns the times of the sessions of a transport. */
  static SessionTimes timesOf(SocketIOOptions options, SocketIOTransport transport) {
    TransportOptions its = options.transportOptions(transport);
    Duration closeTimeout = its.closeTimeout().isZero() ? OPENING : its.closeTimeout();
    return new SessionTimes(closeTimeout, its.duration(), NEVER, NEVER);
  }

  HttpSessions limits() {
    return sessions;
  }

  SocketIOOptions options() {
    return listener.options();
  }

  DefaultListener listener() {
    return listener;
  }
}
