// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.sessions.AGSession;
import io.socketcluster.sessions.SessionOptions;
import io.socketcluster.store.Store;
import io.socketcluster.stream.Consumption;
import java.time.Duration;
import java.util.List;

/** The sessions of a server: makes their parts, and follows the events of its sockets. */
public final class SessionParts implements AutoCloseable {
  private static final int TOUCHES_PER_TIMEOUT = 4;

  private final Store store;
  private final SessionOptions options;
  private final LocalSessions sessions;
  private final Memberships members;
  private final KeepAlive keepAlive;
  private final SessionEnds ends;
  private final List<Consumption> following;

  /**
   * Begins to follow the sockets of a server.
   *
   * @param listener learns of sessions that have ended
   */
  public SessionParts(
      AGServer server,
      Store store,
      SessionOptions options,
      SessionCookies cookies,
      EndListener listener) {
    this.store = store;
    this.options = options;
    this.sessions = new LocalSessions(server);
    SessionMarks marks = new SessionMarks(store, options.timeout(), listener::isListening);
    this.keepAlive = new KeepAlive(store, options.timeout(), marks, sessions::warn);
    this.ends = new SessionEnds(store, marks, listener, sessions.names()::contains, sessions::warn);
    this.members = new Memberships(options, cookies, sessions, new OfMembers());
    this.following =
        List.of(
            server.listener(AGServer.CONNECTION).consume(event -> members.idOf(event.socket())),
            server.listener(AGServer.CLOSURE).consume(event -> members.leave(event.socket())),
            server
                .listener(AGServer.AUTHENTICATION)
                .consume(event -> members.authenticated(event.socket())),
            server
                .listener(AGServer.DEAUTHENTICATION)
                .consume(event -> members.authenticated(event.socket())));
    Duration interval = options.timeout().dividedBy(TOUCHES_PER_TIMEOUT);
    keepAlive.start(sessions.names(), interval);
    ends.start(interval);
  }

  private final class OfMembers implements Memberships.Listener {
    @Override
    public void joined(String name) {
      keepAlive.touch(name);
      ends.joined(name);
    }

    @Override
    public void left(String name, String id, boolean isGiven) {
      keepAlive.touch(name);
      ends.left(name, id, isGiven);
    }
  }

  /** Returns the session of a socket. */
  public AGSession of(AGServerSocket socket) {
    return session(members.idOf(socket));
  }

  /** Returns the session with an id. */
  public AGSession session(String id) {
    String name = SessionIds.nameOf(id);
    return new DefaultSession(
        id, name, store.expiring(List.of(name), options.timeout()), sessions, ends);
  }

  /** Lets the data of a session live for another while. */
  public void touch(String id) {
    keepAlive.touch(SessionIds.nameOf(id));
  }

  @Override
  public void close() {
    following.forEach(Consumption::close);
    keepAlive.close();
    ends.close();
    sessions.close();
  }
}
