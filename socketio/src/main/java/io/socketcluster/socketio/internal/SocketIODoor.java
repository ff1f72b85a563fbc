// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.http.sessions.AnswerHead;
import io.socketcluster.http.sessions.Cors;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.http.sessions.SessionLimits;
import io.socketcluster.http.sessions.SessionTimes;
import io.socketcluster.http.sessions.WebSocketLink;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.HttpTransport;
import io.socketcluster.server.spi.HttpUpgrade;
import io.socketcluster.server.spi.SocketEndpoint;
import io.socketcluster.socketio.SocketIOListener;
import io.socketcluster.socketio.SocketIOOptions;
import io.socketcluster.socketio.SocketIOTransport;
import io.socketcluster.socketio.internal.carry.Opening;
import io.socketcluster.socketio.internal.carry.PollOpening;
import io.socketcluster.socketio.internal.carry.SocketOpening;
import io.socketcluster.socketio.internal.carry.StreamOpening;
import io.socketcluster.socketio.internal.hixie.HixieLink;
import io.socketcluster.socketio.internal.wire.MessageCodec;
import io.socketcluster.socketio.internal.wire.MessageFormat;
import io.socketcluster.socketio.internal.wire.PostedForm;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leads each request of the resource to its session. Every combination of method, transport,
 * session and upgrade that is not served has an answer. Thread-safe.
 */
public final class SocketIODoor implements HttpTransport {
  private static final String WEBSOCKET = "websocket";

  /** RFC 6455 and the drafts hybi-08 and hybi-07, which have the same frames. */
  private static final Set<String> VERSIONS = Set.of("13", "8", "7");

  private static final AnswerHead OK_HEAD = AnswerHead.of("text/plain");
  private static final byte[] OK = "ok".getBytes(UTF_8);

  private final SocketIOOptions options;
  private final String base;
  private final String scriptPath;
  private final ScriptOrigins scripts;
  private final ClientScript script = new ClientScript();
  private final DefaultListener listener;
  private final Sessions sessions;

  public SocketIODoor(AGServer server, SocketIOOptions options) {
    this.options = options;
    this.base = "/" + options.resource() + "/";
    this.scriptPath = base + ClientScript.NAME;
    this.scripts = new ScriptOrigins(server.options().origins());
    MessageCodec codec = new MessageCodec(options.bridge());
    this.listener = new DefaultListener(server, options, codec);
    AGEndpoint settings =
        AGEndpoint.of(base).withCodecEngine(codec).withProtocolVersion(ProtocolVersion.V0);
    SocketEndpoint endpoint = SocketEndpoint.of(server, settings, new MessageFormat());
    this.sessions = new Sessions(newSessions(options), endpoint, listener);
  }

  private static HttpSessions newSessions(SocketIOOptions options) {
    SessionTimes times = Sessions.timesOf(options, SocketIOTransport.XHR_POLLING);
    return new HttpSessions(
        times,
        new SessionLimits(
            options.maxSessions(), options.maxSessionsPerAddress(), options.maxPollsPerAddress()));
  }

  public SocketIOListener listener() {
    return listener;
  }

  @Override
  public boolean claims(String path) {
    return path.equals(scriptPath) || Route.isOne(base, path);
  }

  @Override
  public int maxRequestBody() {
    return options.maxRequestBody();
  }

  @Override
  public void onRequest(HttpExchange exchange) {
    UpgradeRequest request = exchange.request();
    String path = pathOf(request);
    Route route = Route.of(base, path);
    if (path.equals(scriptPath)) {
      script.serve(exchange);
    } else if (!exchange.isOriginAllowed() || isForeignScript(exchange, route)) {
      exchange.answer(Refusal.badOrigin());
    } else if (exchange.method().equals("OPTIONS")) {
      exchange.answer(Cors.preflight(request));
    } else if (route == null || !options.transports().contains(route.transport())) {
      exchange.answer(Refusal.ILLEGAL_TRANSPORT.answer(request));
    } else {
      serve(exchange, route);
    }
  }

  private boolean isForeignScript(HttpExchange exchange, @Nullable Route route) {
    return route != null
        && route.transport() == SocketIOTransport.JSONP_POLLING
        && !scripts.allow(exchange.request());
  }

  private static String pathOf(UpgradeRequest request) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    int scheme = path.startsWith("/") ? -1 : path.indexOf("://");
    int begin = scheme < 0 ? 0 : path.indexOf('/', scheme + 3); // the form towards a proxy
    return begin < 0 ? "/" : path.substring(begin);
  }

  private void serve(HttpExchange exchange, Route route) {
    switch (exchange.method()) {
      case "GET" -> get(exchange, route);
      case "POST" -> post(exchange, route);
      default -> exchange.answer(Refusal.BAD_METHOD.answer(exchange.request()));
    }
  }

  private void get(HttpExchange exchange, Route route) {
    UpgradeRequest request = exchange.request();
    if (route.transport().isSocket()) {
      exchange.answer(Refusal.NO_UPGRADE.answer(request));
    } else if (route.transport() == SocketIOTransport.JSONP_POLLING && route.script() == null) {
      exchange.answer(Refusal.MALFORMED.answer(request));
    } else {
      Opening opening =
          route.transport().isPolling()
              ? new PollOpening(sessions.limits(), exchange, route.script())
              : new StreamOpening(sessions.limits(), exchange, route.transport());
      if (route.id() != null) {
        resume(route.id(), route.transport(), request, opening);
      } else {
        open(route.transport(), request, opening, exchange.eventLoop());
      }
    }
  }

  private void resume(
      String id, SocketIOTransport transport, UpgradeRequest request, Opening opening) {
    Session session = sessions.find(id, transport, request);
    if (session == null) {
      opening.refuse(Refusal.UNKNOWN_SESSION.answer(request));
    } else {
      session.execute(() -> session.carryBy(opening));
    }
  }

  private void post(HttpExchange exchange, Route route) {
    UpgradeRequest request = exchange.request();
    String id = route.id();
    if (route.transport().isSocket()) {
      exchange.answer(Refusal.BAD_METHOD.answer(request));
      return;
    }
    if (id == null) {
      exchange.answer(Refusal.NO_SESSION.answer(request));
      return;
    }
    Session session = sessions.find(id, route.transport(), request);
    boolean isByForm = route.transport() == SocketIOTransport.JSONP_POLLING;
    byte[] packet = PostedForm.packet(exchange.body(), isByForm);
    if (session == null) {
      exchange.answer(Refusal.UNKNOWN_SESSION.answer(request));
    } else if (packet == null) {
      exchange.answer(Refusal.MALFORMED.answer(request));
    } else {
      session.execute(() -> posted(session, exchange, packet));
    }
  }

  /** The client sends its next packet when this one is answered: one waits at most. */
  private static void posted(Session session, HttpExchange exchange, byte[] packet) {
    UpgradeRequest request = exchange.request();
    if (session.isBehind()) {
      exchange.answer(Refusal.TOO_MANY.answer(request));
      return;
    }
    session.received(List.of(packet), () -> exchange.answer(OK_HEAD.with(request, OK)));
  }

  @Override
  public boolean onUpgrade(HttpUpgrade upgrade) {
    UpgradeRequest request = upgrade.request();
    String protocol = request.header("upgrade");
    if (protocol == null || !protocol.equalsIgnoreCase(WEBSOCKET)) {
      return false; // h2c, for instance: the request is served as it stands
    }
    Route route = Route.of(base, pathOf(request));
    Refusal refusal = refusalOf(upgrade, route);
    if (!upgrade.isOriginAllowed()) {
      upgrade.refuse(Refusal.badOrigin());
    } else if (refusal != null || route == null) {
      upgrade.refuse((refusal == null ? Refusal.NO_SESSION : refusal).answer(request));
    } else {
      SocketOpening opening = new SocketOpening(socket -> opened(socket, route, request));
      if (WebSocketLink.isHandshake(request, VERSIONS)) {
        WebSocketLink.open(upgrade, options.maxRequestBody(), opening);
      } else {
        HixieLink.open(upgrade, options.maxRequestBody(), opening);
      }
    }
    return true;
  }

  private @Nullable Refusal refusalOf(HttpUpgrade upgrade, @Nullable Route route) {
    UpgradeRequest request = upgrade.request();
    if (route == null
        || !route.transport().isSocket()
        || !options.transports().contains(route.transport())) {
      return Refusal.ILLEGAL_TRANSPORT;
    }
    boolean isHandshake =
        WebSocketLink.isHandshake(request, VERSIONS) || HixieLink.isHandshake(request);
    if (!upgrade.method().equals("GET") || !isHandshake) {
      return Refusal.NO_UPGRADE;
    }
    String id = route.id();
    return id != null && sessions.find(id, route.transport(), request) == null
        ? Refusal.UNKNOWN_SESSION
        : null;
  }

  /** A WebSocket is open. */
  private void opened(SocketOpening socket, Route route, UpgradeRequest request) {
    if (route.id() != null) {
      resume(route.id(), route.transport(), request, socket);
    } else {
      open(route.transport(), request, socket, socket.link().eventLoop());
    }
  }

  /** Opens a session on an event loop, which is the caller's. */
  private void open(
      SocketIOTransport transport, UpgradeRequest request, Opening opening, EventLoop loop) {
    Session session = new Session(sessions, transport, request, opening);
    if (!sessions.open(session, request, loop)) {
      opening.refuse(Refusal.TOO_MANY.answer(request));
    }
  }
}
