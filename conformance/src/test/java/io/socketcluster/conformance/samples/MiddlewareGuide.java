// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.channels.ChannelAccess;
import io.socketcluster.server.channels.ChannelRule;
import io.socketcluster.server.channels.ChannelRules;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class MiddlewareGuide {
  private MiddlewareGuide() {}

  static AGServer start(int port) {
    AGServer agServer = SocketCluster.create(AGServerOptions.DEFAULT);
    handshake(agServer);
    raw(agServer);
    inbound(agServer);
    outbound(agServer);
    agServer.listen(port);
    return agServer;
  }

  static AGServer startWithRules(int port) {
    AGServer agServer = SocketCluster.create(AGServerOptions.DEFAULT);
    rules(agServer, new Rooms());
    patterns(agServer);
    agServer.listen(port);
    return agServer;
  }

  private static void handshake(AGServer agServer) {
    agServer.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE,
        AGMiddleware.each(
            action -> {
              if (action.type() == AGAction.Type.HANDSHAKE_WS
                  && action.request().uri().contains("banned")) {
                action.block(new AGException("BannedError", "You are not welcome")); // HTTP 401
                return;
              }
              if (action.type() == AGAction.Type.HANDSHAKE_SC
                  && agServer.clientsCount() >= 10_000) {
                action.block(
                    new AGException("FullError", "No seat left", Map.of("statusCode", 4503)));
                return;
              }
              action.allow();
            }));
  }

  private static void raw(AGServer agServer) {
    agServer.setMiddleware(
        AGServer.MIDDLEWARE_INBOUND_RAW,
        AGMiddleware.each(
            action -> {
              String message = action.data(String.class);
              if (message != null && message.length() > 10_000) {
                action.block();
                return;
              }
              action.allow();
            }));
  }

  private static void inbound(AGServer agServer) {
    agServer.setMiddleware(
        AGServer.MIDDLEWARE_INBOUND,
        actions -> {
          for (AGAction action : actions) {
            if (action.type() == AGAction.Type.SUBSCRIBE && action.socket().authToken() == null) {
              action.block(new AGException("ForbiddenError", "Log in first"));
              continue;
            }
            if (action.type() == AGAction.Type.PUBLISH_IN) {
              censor(action.data()).thenAccept(action::allow); // decided later
              continue;
            }
            action.allow();
          }
        });
  }

  private static void rules(AGServer agServer, Rooms rooms) {
    ChannelRules rules = agServer.channelRules();
    rules.set(
        "*",
        ChannelRule.builder()
            .subscribe(ChannelAccess.authenticated())
            .publish(ChannelAccess.nobody())
            .build());
    rules.set(
        "room/*",
        ChannelRule.builder()
            .subscribe((socket, channel) -> rooms.isMember(socket.authToken(), channel))
            .publish((socket, channel) -> rooms.isMember(socket.authToken(), channel))
            .build());
  }

  static void patterns(AGServer agServer) {
    ChannelAccess own =
        ChannelAccess.nonBlocking(
            (socket, channel) -> channel.startsWith("device/" + nameOf(socket) + "/"));
    agServer
        .channelRules()
        .set("device/*", ChannelRule.builder().subscribe(own).subscribeToPattern(true).build());
  }

  private static String nameOf(AGSocket socket) {
    JsonNode token = socket.authToken();
    return token == null ? "" : token.path("username").stringValue("");
  }

  static void leave(AGServer agServer, Rooms rooms) {
    rooms.remove("ann", "room/7");
    agServer.cluster().socketsWithClaim("username", "ann").recheck("room/7"); // on all servers
  }

  /** The members of the rooms. */
  static final class Rooms {
    private final Set<String> members = ConcurrentHashMap.newKeySet();

    boolean isMember(@Nullable JsonNode token, String room) {
      return token != null && members.contains(token.path("username").stringValue("") + " " + room);
    }

    void remove(String username, String room) {
      members.remove(username + " " + room);
    }
  }

  private static void outbound(AGServer agServer) {
    agServer.setMiddleware(
        AGServer.MIDDLEWARE_OUTBOUND,
        AGMiddleware.each(
            action -> {
              if (action.data() instanceof ObjectNode message && message.has("email")) {
                message.remove("email");
                action.allow(message); // this subscriber alone gets it without
                return;
              }
              action.allow();
            }));
  }

  static void outboundWithoutThread(AGServer agServer) {
    agServer.setMiddleware(
        AGServer.MIDDLEWARE_OUTBOUND,
        AGMiddleware.nonBlocking(
            action -> {
              if ("members".equals(action.channel()) && action.socket().authToken() == null) {
                action.block();
                return;
              }
              action.allow();
            }));
  }

  private static CompletableFuture<JsonNode> censor(JsonNode data) {
    return CompletableFuture.completedFuture(data);
  }
}
