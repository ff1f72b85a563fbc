// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The samples of docs/moving-from-stomp.md and docs/moving-from-netty-socketio.md. */
final class UserChannelsProgram {
  private static final String USERS = "user/";

  private UserChannelsProgram() {}

  static AGServer start(int port) {
    AGServer agServer = SocketCluster.listen(port);
    guard(agServer);
    agServer.onConnection(
        socket -> {
          answerGreetings(agServer, socket);
          relayChat(agServer, socket);
        });
    return agServer;
  }

  private static void guard(AGServer agServer) {
    agServer.setMiddleware(
        AGServer.MIDDLEWARE_INBOUND,
        AGMiddleware.each(
            action -> {
              String channel = action.channel();
              if (channel != null
                  && channel.startsWith("user/")
                  && !isOwn(channel, action.socket().authToken())) {
                action.block(new AGException("ForbiddenError", "The channel of another user"));
              } else if (channel != null && action.type() == AGAction.Type.PUBLISH_IN) {
                action.block(new AGException("ForbiddenError", "Only the server publishes"));
              } else {
                action.allow();
              }
            }));
  }

  private static boolean isOwn(String channel, @Nullable JsonNode authToken) {
    String user = channel.substring(USERS.length());
    return authToken != null && user.equals(authToken.path("username").asString(null));
  }

  static CompletableFuture<Void> tell(AGServer agServer, String user, String text) {
    return agServer.exchange().invokePublish("user/" + user, Map.of("text", text));
  }

  private static void answerGreetings(AGServer agServer, AGServerSocket socket) {
    socket
        .procedure("greet")
        .consume(
            request -> {
              String greeting = "Hello, " + request.data().path("name").asString("stranger");
              agServer.exchange().transmitPublish("greetings", greeting);
              request.end(greeting);
            });
    socket
        .procedure("login")
        .consume(
            request -> {
              socket.setAuthToken(Map.of("username", request.data().asString())).join();
              request.end();
            });
  }

  private static void relayChat(AGServer agServer, AGServerSocket socket) {
    socket
        .procedure("chatevent")
        .consume(
            request -> {
              agServer.exchange().invokePublish("room/lobby", request.data()).join();
              request.end("accepted");
            });
  }
}
