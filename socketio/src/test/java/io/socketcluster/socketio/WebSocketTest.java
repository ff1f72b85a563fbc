// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The transport websocket over RFC 6455. */
class WebSocketTest {
  private static final String PATH = "/socket.io/websocket";

  private TestDoor door = new TestDoor();

  @AfterEach
  void close() {
    door.close();
  }

  private void restart(TestDoor with) {
    door.close();
    door = with;
  }

  private static String idOf(RawClient client) {
    String first = client.next();
    assertThat(first).matches("~m~49~m~[0-9]{49}");
    return first.substring(8);
  }

  @Test
  void messagesGoBothWays() {
    try (RawClient client = door.webSocket(PATH)) {
      assertThat(door.io.clients()).containsKey(idOf(client));
      client.send("~m~1~m~a~m~10~m~~j~{\"b\":2}");
      assertThat(client.next()).isEqualTo("~m~1~m~a");
      assertThat(client.next()).isEqualTo("~m~10~m~~j~{\"b\":2}");
      client.send("~m~0~m~~m~2~m~#2");
      assertThat(client.next()).isEqualTo("~m~0~m~");
      assertThat(client.next()).isEqualTo("~m~2~m~#2");
      client.send("~m~4~m~h\u00e9\ud83d\ude00");
      assertThat(client.next()).isEqualTo("~m~4~m~h\u00e9\ud83d\ude00");
      assertThat(door.onlyClient().request().header("upgrade")).isEqualToIgnoringCase("websocket");
    }
    await().until(() -> door.told.contains("disconnect"));
    assertThat(door.told)
        .containsExactly(
            "connect websocket",
            "message \"a\"",
            "message {\"b\":2}",
            "message \"\"",
            "message \"#2\"",
            "message \"h\u00e9\ud83d\ude00\"",
            "disconnect");
    assertThat(door.io.clients()).isEmpty();
  }

  @Test
  void aSessionWaitsForItsTimeAndGoesOnOverAnotherConnection() {
    restart(
        new TestDoor(
            o -> o,
            io ->
                io.transportOptions(
                    SocketIOTransport.WEBSOCKET,
                    its -> its.withCloseTimeout(Duration.ofMinutes(1)))));
    String sid;
    try (RawClient client = door.webSocket(PATH)) {
      sid = idOf(client);
    }
    SocketIOClient client = door.onlyClient();
    await().until(() -> door.server.clientsCount() == 1);
    client.send("first").send(Map.of("n", 2));
    assertThat(client.connected()).isTrue();
    try (RawClient again = door.webSocket(PATH + "/" + sid)) {
      await().until(() -> again.waiting() > 0);
      assertThat(again.next()).isEqualTo("~m~5~m~first");
      assertThat(again.next()).isEqualTo("~m~10~m~~j~{\"n\":2}");
      again.send("~m~1~m~x");
      assertThat(again.next()).isEqualTo("~m~1~m~x");
      assertThat(client.connections()).isEqualTo(2);
      assertThat(door.io.clients()).hasSize(1);
    }
  }

  @Test
  void heartbeatsAreSentAndAMissedOneEndsTheConnection() {
    restart(
        new TestDoor(
            o -> o,
            io ->
                io.transportOptions(
                    SocketIOTransport.WEBSOCKET,
                    its ->
                        its.withHeartbeatInterval(Duration.ofMillis(50))
                            .withTimeout(Duration.ofMillis(500)))));
    try (RawClient client = door.webSocket(PATH)) {
      idOf(client);
      for (int i = 1; i <= 3; i++) {
        String beat = client.next();
        assertThat(beat).isEqualTo("~m~4~m~~h~" + i);
        client.send(beat + "~m~1~m~" + i);
        assertThat(client.next()).as("behind an echo in one packet").isEqualTo("~m~1~m~" + i);
      }
      assertThat(client.next()).isEqualTo("~m~4~m~~h~4");
      client.send("~m~4~m~~h~3");
      client.awaitClose();
      await().until(() -> door.told.contains("disconnect"));
      assertThat(door.io.clients()).isEmpty();
    }
  }

  @Test
  void aBroadcastReachesTheOthers() {
    try (RawClient one = door.webSocket(PATH);
        RawClient two = door.webSocket(PATH);
        RawClient three = door.webSocket("/socket.io/flashsocket")) {
      idOf(one);
      idOf(two);
      String sid = idOf(three);
      one.send("~m~3~m~all");
      assertThat(two.next()).isEqualTo("~m~13~m~to the others");
      assertThat(three.next()).isEqualTo("~m~13~m~to the others");
      door.io.broadcast("most", sid);
      door.io.broadcast("end");
      assertThat(one.next()).isEqualTo("~m~4~m~most");
      assertThat(one.next()).isEqualTo("~m~3~m~end");
      assertThat(three.next()).isEqualTo("~m~3~m~end");
    }
  }

  @Test
  void theServerDisconnectsAClient() {
    try (RawClient client = door.webSocket(PATH)) {
      idOf(client);
      client.send("~m~5~m~leave");
      assertThat(client.awaitClose().code()).isEqualTo(1000);
    }
    await().until(() -> door.told.contains("disconnect"));
  }

  @Test
  void aMessageThatIsTooLongClosesTheConnection() {
    try (RawClient client = door.webSocket(PATH)) {
      idOf(client);
      client.send("x".repeat(600_000));
      assertThat(client.awaitClose().code()).isEqualTo(1009);
    }
    await().until(() -> door.told.contains("disconnect"));
  }
}
