// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.testkit.RawClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old clients in the channels of SocketCluster. */
class BridgeTest {
  private final TestDoor door = new TestDoor(o -> o, io -> io.bridge(true));

  @BeforeEach
  void serve() {
    door.server.onConnection(
        socket -> {
          socket
              .procedure("login")
              .consume(
                  call -> {
                    socket.setAuthToken(Map.of("username", "ann"));
                    call.end();
                  });
          socket.procedure("echo").consume(call -> call.end(call.data()));
        });
    door.server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(this::decide));
  }

  private void decide(AGAction action) {
    boolean isPrivate = String.valueOf(action.channel()).startsWith("private/");
    if (isPrivate && action.socket().authToken() == null) {
      action.block(new AGException("ForbiddenError", "Log in first"));
    } else {
      action.allow();
    }
  }

  @AfterEach
  void close() {
    door.close();
  }

  private static void send(RawClient client, String json) {
    String body = "~j~" + json;
    client.send("~m~" + body.length() + "~m~" + body);
  }

  private static String next(RawClient client) {
    return client.next().replaceFirst("^~m~\\d+~m~~j~", "");
  }

  private static String awaitMessage(RawClient client, String part) {
    String message = next(client);
    while (!message.contains(part)) {
      message = next(client);
    }
    return message;
  }

  @Test
  void anOldClientAndANewOneShareAChannel() {
    try (RawClient old = door.webSocket("/socket.io/websocket");
        RawClient other = door.webSocket("/socketcluster/")) {
      old.next();
      other.handshake(null);
      other.call("#subscribe", Map.of("channel", "room"));
      send(old, "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room\"},\"cid\":1}");
      assertThat(awaitMessage(old, "rid")).isEqualTo("{\"rid\":1}");
      other.transmit("#publish", Map.of("channel", "room", "data", "h\u00e9"));
      assertThat(awaitMessage(old, "h\u00e9"))
          .isEqualTo(
              "{\"event\":\"#publish\",\"data\":{\"channel\":\"room\",\"data\":\"h\u00e9\"}}");
      send(old, "{\"event\":\"#publish\",\"data\":{\"channel\":\"room\",\"data\":[1]}}");
      String got = other.next();
      while (!got.contains("[1]")) {
        got = other.next();
      }
      assertThat(got)
          .isEqualTo("{\"event\":\"#publish\",\"data\":{\"channel\":\"room\",\"data\":[1]}}");
    }
  }

  @Test
  void theSameMiddlewareAndAuthenticationDecide() {
    String subscribe = "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"private/a\"},\"cid\":";
    try (RawClient old = door.webSocket("/socket.io/websocket")) {
      old.next();
      send(old, subscribe + "1}");
      assertThat(awaitMessage(old, "\"rid\":1")).contains("\"name\":\"ForbiddenError\"");
      send(old, "{\"event\":\"login\",\"cid\":2}");
      assertThat(awaitMessage(old, "#setAuthToken")).contains("\"token\":");
      send(old, subscribe + "3}");
      assertThat(awaitMessage(old, "\"rid\":3")).isEqualTo("{\"rid\":3}");
      await().until(() -> door.onlyClient().socket().subscriptions().contains("private/a"));
    }
  }

  @Test
  void otherMessagesStayMessages() {
    try (RawClient old = door.webSocket("/socket.io/websocket")) {
      old.next();
      send(old, "{\"event\":7}");
      assertThat(next(old)).isEqualTo("{\"event\":7}");
      send(old, "{\"event\":\"echo\",\"data\":{\"a\":1},\"cid\":-9007199254740991}");
      assertThat(next(old)).as("the id of the door's own call").contains("\"event\":\"echo\"");
      send(old, "{\"event\":\"echo\",\"data\":{\"a\":1},\"cid\":5}");
      assertThat(next(old)).isEqualTo("{\"rid\":5,\"data\":{\"a\":1}}");
    }
  }

  @Test
  void withoutTheBridgeNothingCrosses() {
    try (TestDoor plain = new TestDoor();
        RawClient old = plain.webSocket("/socket.io/websocket")) {
      old.next();
      String packet = "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room\"},\"cid\":1}";
      send(old, packet);
      assertThat(next(old)).as("an echo").isEqualTo(packet);
      assertThat(plain.onlyClient().socket().subscriptions()).isEmpty();
    }
  }
}
