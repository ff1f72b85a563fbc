// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import io.socketcluster.http.fallback.HttpFallbackOptions;
import io.socketcluster.http.sessions.Cors;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.http.sessions.SessionLimits;
import io.socketcluster.http.sessions.SessionTimes;
import io.socketcluster.http.sessions.WebSocketLink;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.HttpTransport;
import io.socketcluster.server.spi.HttpUpgrade;
import io.socketcluster.server.spi.SocketEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leads each request below the path of the fallback to its session. Thread-safe. */
public final class FallbackDoor implements HttpTransport {
  private static final String OPEN = "open";
  private static final String EVENTS = "events";
  private static final String MESSAGES = "messages";
  private static final String WEBSOCKET = "websocket";
  private static final Set<String> NAMES =
      Set.of(FallbackScript.NAME, OPEN, EVENTS, MESSAGES, WEBSOCKET);

  /** The socket has a heartbeat of its own, unless pings are off. */
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(25);

  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final HttpFallbackOptions options;
  private final String path;
  private final HttpSessions sessions;
  private final SocketEndpoint endpoint;
  private final HttpAnswer script = FallbackScript.answer();

  public FallbackDoor(AGServer server, HttpFallbackOptions options) {
    this.options = options;
    this.path = options.endpoint().path();
    this.sessions =
        new HttpSessions(
            new SessionTimes(
                options.closeTimeout(), options.pollDuration(), PROBE_INTERVAL, SILENCE),
            new SessionLimits(
                options.maxSessions(),
                options.maxSessionsPerAddress(),
                options.maxStreamsPerAddress()));
    boolean isBinary = options.endpoint().codecEngine().isBinary();
    this.endpoint =
        SocketEndpoint.of(
            server, options.endpoint(), isBinary ? EventFormat.BINARY : EventFormat.TEXT);
  }

  @Override
  public boolean claims(String requested) {
    return requested.startsWith(path) && NAMES.contains(requested.substring(path.length()));
  }

  @Override
  public int maxRequestBody() {
    return options.maxRequestBody();
  }

  @Override
  public void onRequest(HttpExchange exchange) {
    UpgradeRequest request = exchange.request();
    String name = nameIn(request);
    if (name.equals(FallbackScript.NAME)) {
      boolean isRead = exchange.method().equals("GET") || exchange.method().equals("HEAD");
      exchange.answer(isRead ? script : Answers.notAllowed("GET, HEAD"));
    } else if (!exchange.isOriginAllowed()) {
      exchange.answer(HttpAnswer.text(403, "Invalid origin"));
    } else if (exchange.method().equals("OPTIONS")) {
      exchange.answer(Cors.preflight(request));
    } else {
      serve(exchange, name);
    }
  }

  /** The part behind the last slash, as no name has a slash: a host may stand before the path. */
  private static String nameIn(UpgradeRequest request) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    String target = query < 0 ? uri : uri.substring(0, query);
    return target.substring(target.lastIndexOf('/') + 1);
  }

  private void serve(HttpExchange exchange, String name) {
    boolean isPost = exchange.method().equals("POST");
    boolean isGet = exchange.method().equals("GET");
    switch (name) {
      case OPEN -> {
        if (isPost) {
          open(exchange);
        } else {
          Answers.send(exchange, Answers.notAllowed("POST, OPTIONS"));
        }
      }
      case EVENTS -> {
        if (isGet) {
          listen(exchange);
        } else {
          Answers.send(exchange, Answers.notAllowed("GET, OPTIONS"));
        }
      }
      case MESSAGES -> {
        if (isPost) {
          post(exchange);
        } else {
          Answers.send(exchange, Answers.notAllowed("POST, OPTIONS"));
        }
      }
      default -> Answers.send(exchange, HttpAnswer.text(426, "A WebSocket expected"));
    }
  }

  private void open(HttpExchange exchange) {
    FallbackSession session = new FallbackSession(sessions, exchange);
    UpgradeRequest request = exchange.request();
    if (sessions.open(session.id(), request, endpoint, exchange.eventLoop(), session) == null) {
      Answers.send(exchange, Answers.tooMany());
    }
  }

  private @Nullable FallbackSession sessionOf(UpgradeRequest request) {
    FallbackSession session = sessions.find(request.query("sid"), FallbackSession.class);
    return session != null && session.accepts(request) ? session : null;
  }

  private void listen(HttpExchange exchange) {
    UpgradeRequest request = exchange.request();
    FallbackSession session = sessionOf(request);
    String after = request.query("after");
    if (session == null) {
      Answers.send(exchange, Answers.unknownSession());
    } else {
      long received = Event.numberIn(after == null ? "" : after);
      boolean isPoll = request.query("poll") != null;
      session.execute(() -> session.listen(exchange, received, isPoll));
    }
  }

  private void post(HttpExchange exchange) {
    FallbackSession session = sessionOf(exchange.request());
    if (session == null) {
      Answers.send(exchange, Answers.unknownSession());
      return;
    }
    List<Event> events;
    try {
      events = EventReader.read(exchange.body());
    } catch (EventReader.MalformedEventsException e) {
      Answers.send(exchange, Answers.malformed());
      session.execute(session::breakOff);
      return;
    }
    session.execute(() -> session.posted(exchange, events));
  }

  @Override
  public boolean onUpgrade(HttpUpgrade upgrade) {
    UpgradeRequest request = upgrade.request();
    String protocol = request.header("upgrade");
    if (protocol == null || !protocol.equalsIgnoreCase(WEBSOCKET)) {
      return false; // h2c, for instance: the request is served as it stands
    }
    FallbackSession session = sessionOf(request);
    if (!upgrade.isOriginAllowed()) {
      upgrade.refuse(HttpAnswer.text(403, "Invalid origin"));
    } else if (!nameIn(request).equals(WEBSOCKET) || !options.webSocket()) {
      upgrade.refuse(HttpAnswer.text(400, "No WebSocket here"));
    } else if (!upgrade.method().equals("GET") || !WebSocketLink.isHandshake(request)) {
      upgrade.refuse(
          HttpAnswer.text(426, "WebSocket version 13 expected")
              .withHeader("sec-websocket-version", "13"));
    } else if (session == null) {
      upgrade.refuse(Answers.unknownSession());
    } else {
      WebSocketLink.open(upgrade, options.maxRequestBody(), new EventSocket(session));
    }
    return true;
  }
}
