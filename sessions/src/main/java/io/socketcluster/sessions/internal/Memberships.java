// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.core.SocketState;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.sessions.SessionOptions;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The session of each socket: that of its token, else that of its cookie, else one of its own. A
 * socket changes its session when its token does.
 */
final class Memberships {
  private final ConcurrentMap<AGServerSocket, Membership> members = new ConcurrentHashMap<>();

  /** Of closed sockets that the application still holds. */
  private final Map<AGServerSocket, Membership> last =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final SessionOptions options;
  private final SessionCookies cookies;
  private final LocalSessions sessions;
  private final Listener listener;

  /** Knows no socket yet. */
  Memberships(
      SessionOptions options, SessionCookies cookies, LocalSessions sessions, Listener listener) {
    this.options = options;
    this.cookies = cookies;
    this.sessions = sessions;
    this.listener = listener;
  }

  /** Learns which sessions sockets join and leave. */
  interface Listener {
    void joined(String name);

    /** A socket has left; {@code isGiven} says whether a token or a cookie has the id. */
    void left(String name, String id, boolean isGiven);
  }

  /** Where the id of a session comes from. */
  private enum Origin {
    TOKEN,
    COOKIE,
    SOCKET
  }

  private record Membership(String id, Origin origin) {
    String name() {
      return SessionIds.nameOf(id);
    }
  }

  /**
   * Returns the id of a socket's session, which it joins if it has none yet. A closed socket joins
   * none: its session stays the one that it had.
   */
  String idOf(AGServerSocket socket) {
    if (socket.state() == SocketState.CLOSED) {
      return idOfClosed(socket);
    }
    String id = members.compute(socket, this::joinedOrCurrent).id();
    if (socket.state() == SocketState.CLOSED) {
      leave(socket); // its end may have been told before
    }
    return id;
  }

  private String idOfClosed(AGServerSocket socket) {
    leave(socket); // its end may not have been told yet
    return last.computeIfAbsent(socket, this::chosen).id();
  }

  private Membership joinedOrCurrent(AGServerSocket socket, @Nullable Membership before) {
    if (before != null) {
      return current(socket, before);
    }
    Membership known = last.get(socket); // it has closed meanwhile
    return joined(socket, known == null ? chosen(socket) : known);
  }

  private Membership joined(AGServerSocket socket, Membership membership) {
    listener.joined(membership.name());
    sessions.join(membership.name(), socket);
    return membership;
  }

  private Membership chosen(AGServerSocket socket) {
    String ofToken = idIn(socket.authToken());
    if (ofToken != null) {
      return new Membership(ofToken, Origin.TOKEN);
    }
    String ofCookie = cookies.idIn(socket.request());
    return ofCookie == null
        ? new Membership(SessionIds.create(), Origin.SOCKET)
        : new Membership(ofCookie, Origin.COOKIE);
  }

  private @Nullable String idIn(@Nullable JsonNode token) {
    String id = token == null ? null : token.path(options.tokenClaim()).stringValue(null);
    return SessionIds.isId(id) ? id : null;
  }

  /** The token of a socket has changed. */
  void authenticated(AGServerSocket socket) {
    members.computeIfPresent(socket, this::current);
  }

  /** Moves a socket to the session that its token asks for. */
  private Membership current(AGServerSocket socket, Membership before) {
    Membership after = asked(socket, before);
    if (after.id().equals(before.id())) {
      return after;
    }
    left(socket, before);
    return joined(socket, after);
  }

  /** Returns a membership, or another that the token of the socket asks for. */
  private Membership asked(AGServerSocket socket, Membership before) {
    String ofToken = idIn(socket.authToken());
    if (ofToken != null) {
      return new Membership(ofToken, Origin.TOKEN);
    }
    return before.origin() == Origin.TOKEN ? chosen(socket) : before;
  }

  void leave(AGServerSocket socket) {
    members.computeIfPresent(
        socket,
        (same, before) -> {
          Membership after = asked(socket, before);
          last.put(socket, after);
          left(socket, after.id().equals(before.id()) ? after : before);
          return null;
        });
  }

  private void left(AGServerSocket socket, Membership membership) {
    sessions.leave(membership.name(), socket);
    boolean isGiven = membership.origin() != Origin.SOCKET;
    listener.left(membership.name(), membership.id(), isGiven);
  }
}
