// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import io.socketcluster.core.AGRequest;
import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptionsBuilder;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.ProtocolVersion;
import io.socketcluster.server.SocketCluster;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the demo offers: the procedures, the greeting and the rule for private channels. */
public final class DemoServer {
  /** For clients 2.2.25 to 14; the first endpoint is for those that are newer. */
  private static final AGEndpoint VERSION_ONE =
      AGEndpoint.at("/socketcluster-v1/").withProtocolVersion(ProtocolVersion.V1);

  private static final String PRIVATE_PREFIX = "private/";

  private DemoServer() {}

  /**
   * Starts the demo on a port; 0 lets the system choose.
   *
   * @param options its HTTP handler is set to the demo's page, and it gets the endpoint {@code
   *     /socketcluster-v1/} besides
   */
  public static AGServer start(int port, AGServerOptionsBuilder options) {
    HttpHandler http = HttpHandler.withHealthCheck("/health-check", new DemoPage());
    AGServer server = SocketCluster.create(options.httpHandler(http).endpoint(VERSION_ONE).build());
    server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(DemoServer::decide));
    server.listener(AGServer.CONNECTION).consume(event -> serve(event.socket()));
    server.listen(port);
    return server;
  }

  private static void decide(AGAction action) {
    String channel = action.channel();
    boolean isPrivate = channel != null && channel.startsWith(PRIVATE_PREFIX);
    if (isPrivate && action.socket().authState() != AuthState.AUTHENTICATED) {
      action.block(new AGException("ForbiddenError", "Log in to use " + channel));
    } else {
      action.allow();
    }
  }

  private static void serve(AGServerSocket socket) {
    socket.procedure("echo").consume(request -> request.end(request.data()));
    socket.procedure("login").consume(request -> login(socket, request));
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

  private static void login(AGServerSocket socket, AGRequest<JsonNode> request) {
    String username = request.data().path("username").stringValue("");
    if (username.isBlank()) {
      request.error(new AGException("FailedLoginError", "A username is needed to log in"));
      return;
    }
    socket.setAuthToken(Map.of("username", username));
    request.end();
  }
}
