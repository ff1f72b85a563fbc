// SPDX-License-Identifier: MIT
package io.socketcluster.sessions;

import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.EventName;
import io.socketcluster.core.failures.ListenerFailures;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.server.RequestHead;
import io.socketcluster.sessions.internal.EndListener;
import io.socketcluster.sessions.internal.SessionCookies;
import io.socketcluster.sessions.internal.SessionIds;
import io.socketcluster.sessions.internal.SessionParts;
import io.socketcluster.store.Store;
import io.socketcluster.stream.StreamDemux;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a server, as SocketCluster 1 had them:
 *
 * <pre>{@code
 * AGSessions sessions = AGSessions.create(store, SessionOptions.DEFAULT).attach(agServer);
 * agServer.onConnection(socket -> sessions.of(socket).set("seenAt", Instant.now()));
 * }</pre>
 *
 * <p>The session of a socket is that of the claim {@link SessionOptions#tokenClaim} of its token,
 * else that of the cookie in its HTTP request, else one of its own. {@link #withCookie} gives the
 * cookie to browsers. A socket changes its session when its token does.
 *
 * <p>Data lives in the store for {@link SessionOptions#timeout} after the last socket has left.
 * Servers share sessions if they share a store; events reach the sockets of all servers that the
 * broker engine joins. Thread-safe; no method blocks.
 */
public final class AGSessions implements AsyncStreamEmitter, AutoCloseable {
  /**
   * A session that has had a socket has ended. One of the servers that share the store tells of it:
   * that which called {@link AGSession#destroy}, or after the timeout, up to a quarter of it later,
   * one at which a socket of the session was. An end is not told if all these have stopped before.
   * A session that only its socket has, without a cookie, a token or data, ends with the socket.
   * Listen at each server, before it has sockets: sessions without a listener leave no trace.
   */
  public static final EventName<SessionEnd> SESSION_END = new EventName<>("sessionEnd");

  private final Store store;
  private final SessionOptions options;
  private final SessionCookies cookies;
  private final StreamDemux<Object> listeners =
      new StreamDemux<>(new ListenerFailures("the sessions"));
  private final AtomicReference<@Nullable SessionParts> attached = new AtomicReference<>();

  private AGSessions(Store store, SessionOptions options) {
    this.store = store;
    this.options = options;
    this.cookies = new SessionCookies(options);
  }

  /**
   * Creates the sessions of a server that will be {@linkplain #attach attached}.
   *
   * @param store has the data; the caller closes it after the server
   */
  public static AGSessions create(Store store, SessionOptions options) {
    return new AGSessions(
        Objects.requireNonNull(store, "store"), Objects.requireNonNull(options, "options"));
  }

  /**
   * Gives sessions to the sockets of a server. Call it once, before the server listens.
   *
   * @return these sessions
   * @throws InvalidActionError if another server is attached already
   */
  public AGSessions attach(AGServer server) {
    SessionParts parts =
        new SessionParts(
            Objects.requireNonNull(server, "server"), store, options, cookies, new OfEnds());
    if (!attached.compareAndSet(null, parts)) {
      parts.close();
      throw new InvalidActionError("The sessions are attached to a server already");
    }
    return this;
  }

  private final class OfEnds implements EndListener {
    @Override
    public boolean isListening() {
      return listeners.getConsumerCount(SESSION_END.name()) > 0;
    }

    @Override
    public void ended(SessionEnd end) {
      emit(SESSION_END, end);
    }
  }

  private SessionParts parts() {
    SessionParts parts = attached.get();
    if (parts == null) {
      throw new InvalidActionError("The sessions are not attached to a server");
    }
    return parts;
  }

  /** Returns the session of a socket. */
  public AGSession of(AGServerSocket socket) {
    return parts().of(Objects.requireNonNull(socket, "socket"));
  }

  /**
   * Returns the session whose id is in the cookie of a request, or null: for the middleware of the
   * handshake, and for HTTP handlers. There is always one behind {@link #withCookie}.
   */
  public @Nullable AGSession of(RequestHead request) {
    String id = cookies.idIn(Objects.requireNonNull(request, "request"));
    return id == null ? null : parts().session(id);
  }

  /**
   * Returns the session with an id.
   *
   * @throws InvalidArgumentsError if it does not have the form of an id
   */
  public AGSession session(String id) {
    if (!SessionIds.isId(Objects.requireNonNull(id, "id"))) {
      throw new InvalidArgumentsError("The id of a session has 27 URL-safe characters");
    }
    return parts().session(id);
  }

  /**
   * Creates a session with a new id, without data and sockets. Create a session for each login: an
   * attacker may know the id of the session before the login, because the attacker set the cookie.
   * The socket joins the new session when {@link AGServerSocket#setAuthToken} gives it a token with
   * the id in the claim {@link SessionOptions#tokenClaim}.
   */
  public AGSession create() {
    return parts().session(SessionIds.create());
  }

  /**
   * Returns a handler that gives each browser a cookie with the id of a session, and lets {@code
   * others} answer. The cookie is {@code HttpOnly} and {@code SameSite=Lax}. An answer that gives
   * it is not cached.
   */
  public HttpHandler withCookie(HttpHandler others) {
    Objects.requireNonNull(others, "others");
    return request -> {
      String id = cookies.idIn(request);
      if (id == null) {
        return answerWithNewId(request, others);
      }
      parts().touch(id);
      return others.handle(request);
    };
  }

  private @Nullable HttpAnswer answerWithNewId(HttpRequest request, HttpHandler others)
      throws Exception {
    String id = SessionIds.create();
    HttpAnswer answer = others.handle(cookies.with(request, id));
    return answer == null ? null : cookies.giving(answer, id);
  }

  /** Ends the sessions of this server: no socket gets events any more. The data stays. */
  @Override
  public void close() {
    SessionParts parts = attached.get();
    if (parts != null) {
      parts.close();
    }
    listeners.closeAll();
  }

  @Override
  public StreamDemux<Object> listenerDemux() {
    return listeners;
  }
}
