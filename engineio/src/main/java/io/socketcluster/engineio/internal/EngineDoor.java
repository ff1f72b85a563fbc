// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.engineio.EngineIOOptions;
import io.socketcluster.engineio.internal.payload.PostedPayload;
import io.socketcluster.http.sessions.Cors;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.http.sessions.SessionLimits;
import io.socketcluster.http.sessions.SessionTimes;
import io.socketcluster.http.sessions.WebSocketLink;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.HttpTransport;
import io.socketcluster.server.spi.HttpUpgrade;
import io.socketcluster.server.spi.SocketEndpoint;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leads each request of the path to its session. Every combination of method, transport, session
 * and upgrade that is not served has an answer. Thread-safe.
 */
public final class EngineDoor implements HttpTransport {
  private static final String REVISION = "3";
  private static final String POLLING = "polling";
  private static final String WEBSOCKET = "websocket";
  private static final Pattern SCRIPT_INDEX = Pattern.compile("[0-9]{1,9}");

  private final EngineIOOptions options;
  private final String path;
  private final EngineSessions engine;
  private final PlainSessions plain;

  public EngineDoor(AGServer server, EngineIOOptions options) {
    this.options = options;
    this.path = options.path().endsWith("/") ? options.path() : options.path() + "/";
    SessionLimits limits =
        new SessionLimits(
            options.maxSessions(), options.maxSessionsPerAddress(), options.maxPollsPerAddress());
    PacketZeroCodec codec =
        new PacketZeroCodec(options.authCookieName(), options.pingTimeout(), false);
    engine =
        new EngineSessions(
            new HttpSessions(timesOf(options), limits),
            endpoint(server, codec, MessageFormat.PACKET),
            codec,
            options);
    AGServerOptions shared = server.options();
    PacketZeroCodec plainCodec =
        new PacketZeroCodec(options.authCookieName(), shared.pingTimeout(), true);
    plain =
        new PlainSessions(
            new HttpSessions(timesOf(shared), limits),
            endpoint(server, plainCodec, MessageFormat.JSON),
            plainCodec,
            shared,
            options);
  }

  private SocketEndpoint endpoint(AGServer server, PacketZeroCodec codec, MessageFormat format) {
    AGEndpoint settings =
        AGEndpoint.of(options.path())
            .withCodecEngine(codec)
            .withProtocolVersion(ProtocolVersion.V0);
    return SocketEndpoint.of(server, settings, format);
  }

  private static SessionTimes timesOf(EngineIOOptions options) {
    return new SessionTimes(
        options.closeTimeout(),
        options.pollDuration(),
        options.pingInterval(),
        options.pingInterval().plus(options.pingTimeout()));
  }

  private static SessionTimes timesOf(AGServerOptions options) {
    return new SessionTimes(
        options.pingTimeout(),
        options.pingTimeout(),
        options.pingInterval(),
        options.pingTimeout());
  }

  @Override
  public boolean claims(String requested) {
    return requested.equals(path)
        || (requested.length() == path.length() - 1 && path.startsWith(requested));
  }

  @Override
  public int maxRequestBody() {
    return options.maxRequestBody();
  }

  @Override
  public void onRequest(HttpExchange exchange) {
    UpgradeRequest request = exchange.request();
    if (!exchange.isOriginAllowed()) {
      exchange.answer(HttpAnswer.text(403, "Invalid origin"));
    } else if (exchange.method().equals("OPTIONS")) {
      exchange.answer(Cors.preflight(request));
    } else {
      EngineError error = errorOf(request);
      if (error != null) {
        exchange.answer(error.answer(request));
      } else {
        serve(exchange, request);
      }
    }
  }

  /** Returns what is wrong with a request for a poll, whatever its method is. */
  private @Nullable EngineError errorOf(UpgradeRequest request) {
    String transport = request.query("transport");
    String revision = request.query("EIO");
    String index = request.query("j");
    boolean isScript = index != null;
    if (!POLLING.equals(transport) || !options.polling()) {
      return WEBSOCKET.equals(transport) ? EngineError.BAD_REQUEST : EngineError.UNKNOWN_TRANSPORT;
    }
    boolean isBadScript = isScript && (!options.jsonp() || !SCRIPT_INDEX.matcher(index).matches());
    return (revision != null && !revision.equals(REVISION)) || isBadScript
        ? EngineError.BAD_REQUEST
        : null;
  }

  private void serve(HttpExchange exchange, UpgradeRequest request) {
    String id = request.query("sid");
    if (id == null) {
      if (exchange.method().equals("GET")) {
        engine.open(exchange);
      } else {
        exchange.answer(EngineError.BAD_METHOD.answer(request));
      }
      return;
    }
    EngineSession session = engine.find(id, request);
    if (session == null) {
      exchange.answer(EngineError.UNKNOWN_SESSION.answer(request));
      return;
    }
    switch (exchange.method()) {
      case "GET" -> session.execute(() -> session.poll(exchange));
      case "POST" -> post(session, exchange);
      default ->
          exchange.answer(
              Cors.readable(request, HttpAnswer.of(405)).withHeader("allow", "GET, POST, OPTIONS"));
    }
  }

  private static void post(EngineSession session, HttpExchange exchange) {
    List<byte[]> packets;
    try {
      packets = packetsOf(exchange);
    } catch (PostedPayload.MalformedPayloadException e) {
      exchange.answer(EngineError.BAD_REQUEST.answer(exchange.request()));
      session.execute(session::breakOff);
      return;
    }
    session.execute(() -> session.posted(exchange, packets));
  }

  private static List<byte[]> packetsOf(HttpExchange exchange) {
    UpgradeRequest request = exchange.request();
    String type = request.header("content-type");
    if (request.query("j") != null) {
      return PostedPayload.form(exchange.body());
    }
    return type != null && type.startsWith("application/octet-stream")
        ? PostedPayload.binary(exchange.body())
        : PostedPayload.text(exchange.body());
  }

  @Override
  public boolean onUpgrade(HttpUpgrade upgrade) {
    UpgradeRequest request = upgrade.request();
    String protocol = request.header("upgrade");
    if (protocol == null || !protocol.equalsIgnoreCase(WEBSOCKET)) {
      return false; // h2c, for instance: the request is served as it stands
    }
    if (!upgrade.isOriginAllowed()) {
      upgrade.refuse(HttpAnswer.text(403, "Invalid origin"));
    } else if (!upgrade.method().equals("GET") || !WebSocketLink.isHandshake(request)) {
      upgrade.refuse(
          HttpAnswer.text(426, "WebSocket version 13 expected")
              .withHeader("sec-websocket-version", "13"));
    } else if (request.query("transport") == null && request.query("EIO") == null) {
      plain.open(upgrade);
    } else {
      upgradeEngine(upgrade, request);
    }
    return true;
  }

  private void upgradeEngine(HttpUpgrade upgrade, UpgradeRequest request) {
    String id = request.query("sid");
    EngineSession session = id == null ? null : engine.find(id, request);
    if (!WEBSOCKET.equals(request.query("transport")) || !options.webSocket()) {
      upgrade.refuse(EngineError.UNKNOWN_TRANSPORT.answer(request));
    } else if (id == null) {
      engine.open(upgrade);
    } else if (session == null) {
      upgrade.refuse(EngineError.UNKNOWN_SESSION.answer(request));
    } else {
      WebSocketLink.open(upgrade, options.maxRequestBody(), new EngineSocket(session));
    }
  }
}
