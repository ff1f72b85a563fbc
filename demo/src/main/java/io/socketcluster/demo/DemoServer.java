// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import io.socketcluster.core.AGRequest;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.engineio.EngineIO;
import io.socketcluster.engineio.EngineIOOptions;
import io.socketcluster.http.fallback.HttpFallback;
import io.socketcluster.http.fallback.HttpFallbackOptions;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.socketio.SocketIO;
import io.socketcluster.socketio.SocketIOOptions;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The demo: its procedures and its greeting, and what the server does besides for its chat. */
public final class DemoServer {
  /** For clients of other languages that speak version 1; the first endpoint serves all others. */
  private static final AGEndpoint VERSION_ONE =
      AGEndpoint.of("/socketcluster-v1/").withProtocolVersion(ProtocolVersion.V1);

  /** A window that was away for ten minutes still misses nothing. */
  private static final ChannelPolicy EVERY_ROOM =
      ChannelPolicy.builder()
          .historySize(500)
          .historyAge(Duration.ofMinutes(10))
          .totalHistoryBytes(16 << 20)
          .presenceClaim("username")
          .build();

  private DemoServer() {}

  /**
   * Starts the demo on a port; 0 lets the system choose.
   *
   * @param options its HTTP handler is set to the demo's page, and it gets the endpoint {@code
   *     /socketcluster-v1/} besides; SocketCluster 1 is at {@code /socketcluster-1/}, Socket.IO 0.6
   *     at {@code /socket.io/}, and the fallback at {@code /socketcluster-http/}
   */
  public static AGServer start(int port, AGServerOptions.Builder options) {
    HttpHandler http =
        HttpHandler.withHealthCheck("/health-check", HttpHandler.files(DemoServer.class, "/web"));
    AGServer server = SocketCluster.create(options.httpHandler(http).endpoint(VERSION_ONE).build());
    server.channels().policy("*", EVERY_ROOM);
    Names names = new Names();
    ChatRules rules = new ChatRules(names);
    Presence presence = new Presence(server, names, rules);
    new FailureLog().follow(server);
    server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(rules::decide));
    presence.follow();
    server.onConnection(socket -> serve(socket, names));
    EngineIO.mount(server, EngineIOOptions.builder().appName("demo").build());
    HttpFallback.mount(server, HttpFallbackOptions.builder().build());
    SocketIO.listen(server, SocketIOOptions.builder().bridge(true).build())
        .onClientMessage((message, client) -> client.send(message));
    server.listen(port);
    presence.tell();
    return server;
  }

  private static void serve(AGServerSocket socket, Names names) {
    socket.procedure("echo").consume(request -> request.end(request.data()));
    socket.procedure("login").consume(request -> logIn(socket, names, request));
    socket.procedure("connection").consume(request -> request.end(spokenBy(socket)));
    socket
        .procedure("logout")
        .consume(
            request -> {
              socket.deauthenticate();
              request.end();
            });
    socket
        .procedure("alwaysFails")
        .consume(
            request ->
                request.error(
                    new AGException("BadCustomError", "Server failed to execute the procedure")));
    socket.receiver("greet").consume(name -> socket.transmit("greeting", Map.of("hello", name)));
  }

  private static void logIn(AGServerSocket socket, Names names, AGRequest<JsonNode> request) {
    try {
      names.logIn(socket, request.data().path("username").stringValue(""));
      request.end();
    } catch (AGException e) {
      request.error(e);
    }
  }

  private static Map<String, Object> spokenBy(AGServerSocket socket) {
    boolean isJson = socket.endpoint().codecEngine() instanceof JsonCodec;
    return Map.of(
        "protocolVersion",
        numberOf(socket.protocolVersion()),
        "codec",
        isJson ? "JSON" : "MessagePack");
  }

  private static int numberOf(ProtocolVersion version) {
    return switch (version) {
      case V0 -> 0;
      case V1 -> 1;
      case V2, DETECT -> 2;
    };
  }
}
