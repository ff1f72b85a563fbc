// SPDX-License-Identifier: MIT
package io.socketcluster.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Engine.IO over WebSocket, the upgrade to it, and clients without Engine.IO. */
class WebSocketTest {
  private final TestDoor door =
      new TestDoor(
          options -> options.pingInterval(Duration.ofMillis(200)),
          engine -> engine.pingInterval(Duration.ofMillis(200)));

  @AfterEach
  void close() {
    door.close();
  }

  private static String call(int cid, String event, String data) {
    return "{\"event\":\"" + event + "\",\"data\":" + data + ",\"cid\":" + cid + "}";
  }

  private static String awaitMessage(RawClient client, String part) {
    String message = client.next();
    while (!message.contains(part)) {
      message = client.next();
    }
    return message;
  }

  @Test
  void aWebSocketOpensASession() {
    try (RawClient client = door.webSocket("EIO=3&transport=websocket")) {
      assertThat(client.next()).startsWith("0{\"sid\":").contains("\"upgrades\":[]");
      assertThat(client.next()).startsWith("4{\"event\":\"#status\"");
      client.send("2");
      client.send("4" + call(1, "echo", "\"h\u00e9\ud83d\ude00\""));
      awaitMessage(client, "3");
      assertThat(awaitMessage(client, "rid"))
          .isEqualTo("4{\"rid\":1,\"data\":\"h\u00e9\ud83d\ude00\"}");
      await().until(() -> client.pings() > 0);
    }
    await().untilAsserted(() -> assertThat(door.ended).hasSize(1));
  }

  @Test
  void aSessionThatPollsGoesOnOverAWebSocket() {
    String session = door.open();
    CompletableFuture<HttpResponse<byte[]>> poll = door.sendLater(door.request(session));
    try (RawClient client = door.webSocket(session.replace("polling", "websocket"))) {
      client.send("2probe");
      assertThat(client.next()).isEqualTo("3probe");
      assertThat(poll.thenApply(TestDoor::text))
          .succeedsWithin(Duration.ofSeconds(30))
          .isEqualTo("1:6");
      assertThat(door.say(session, "4" + call(1, "#subscribe", "\"room\""))).isEqualTo(200);
      client.send("5");
      client.send("4" + call(2, "echo", "2"));
      assertThat(client.next()).isEqualTo("4{\"rid\":1}");
      assertThat(client.next()).isEqualTo("4{\"rid\":2,\"data\":2}");
      assertThat(door.get(session).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aProbeThatFailsLeavesTheSessionPolling() {
    String session = door.open();
    try (RawClient client = door.webSocket(session.replace("polling", "websocket"))) {
      client.send("5");
      client.awaitClose();
    }
    try (RawClient client = door.webSocket(session.replace("polling", "websocket"))) {
      client.send("2probe");
      assertThat(client.next()).isEqualTo("3probe");
    }
    await()
        .untilAsserted(
            () -> {
              assertThat(door.say(session, "2")).isEqualTo(200);
              assertThat(TestDoor.text(door.get(session))).contains("1:3");
            });
  }

  @Test
  void aWebSocketThatNeverProbesEndsWithItsSession() {
    String session = door.open();
    try (RawClient client = door.webSocket(session.replace("polling", "websocket"))) {
      assertThat(door.say(session, "1")).isEqualTo(200);
      client.awaitClose();
    }
  }

  @Test
  void aProbeThatComesAfterTheEndOfItsSessionIsClosed() {
    String session = door.open();
    try (RawClient client = door.webSocket(session.replace("polling", "websocket"))) {
      client.send("2probe");
      assertThat(client.next()).isEqualTo("3probe");
      assertThat(door.say(session, "1")).isEqualTo(200);
      client.awaitClose();
    }
  }

  @Test
  void aWebSocketThatNeverUpgradesIsClosedInTimeAndItsSessionGoesOn() {
    try (TestDoor hasty =
        new TestDoor(options -> options, engine -> engine.closeTimeout(Duration.ofSeconds(5)))) {
      String session = hasty.open();
      CompletableFuture<HttpResponse<byte[]>> poll = hasty.sendLater(hasty.request(session));
      try (RawClient client = hasty.webSocket(session.replace("polling", "websocket"))) {
        client.awaitClose();
      }
      assertThat(poll).isNotDone();
      assertThat(hasty.say(session, "2")).isEqualTo(200);
      assertThat(poll.thenApply(TestDoor::text))
          .succeedsWithin(Duration.ofSeconds(30))
          .asString()
          .contains("1:3");
    }
  }

  @Test
  void aClientThatDoesNotReadItsCloseFrameKeepsNoConnection() throws IOException {
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(4096);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), door.server.port()));
      String request = RawClient.upgradeRequest(TestDoor.PATH + "?EIO=3&transport=websocket");
      client.getOutputStream().write(request.getBytes(UTF_8));
      await().until(() -> door.server.clientsCount() == 1);
      AGServerSocket socket = door.server.clients().values().iterator().next();
      for (int i = 0; i < 1000 && socket.state() != SocketState.CLOSED; i++) {
        socket.transmit("greeting", "x".repeat(16_000)); // more than the system takes
      }
      await().until(() -> socket.state() == SocketState.CLOSED);

      await().until(() -> isReset(client));
    }
  }

  /** Writes to a connection, which fails soon after the server has closed it. */
  private static boolean isReset(Socket client) {
    try {
      client.getOutputStream().write(RawClient.frame(0x8A, new byte[0]));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aSessionAdmitsFewWebSocketsAtATime() {
    String session = door.open();
    String query = session.replace("polling", "websocket");
    try (RawClient first = door.webSocket(query);
        RawClient second = door.webSocket(query);
        RawClient third = door.webSocket(query)) {
      third.awaitClose();
      first.send("2probe");
      assertThat(first.next()).isEqualTo("3probe");
      second.send("5");
      second.awaitClose();
    }
  }

  @Test
  void aClientIsToldNotToReturnBeforeItsWebSocketCloses() {
    try (RawClient client = door.webSocket("EIO=3&transport=websocket")) {
      client.send("4" + call(1, "leave", "null"));
      assertThat(awaitMessage(client, "disconnect")).isEqualTo("4{\"disconnect\":1}");
      client.awaitClose();
    }
  }

  @Test
  void aClientWithoutEngineIsServedAndPingedWithOne() {
    try (RawClient client = door.webSocket("")) {
      assertThat(client.next())
          .startsWith("{\"event\":\"#status\"")
          .contains("\"pingTimeout\":20000");
      client.send(call(1, "#subscribe", "\"room\""));
      assertThat(awaitMessage(client, "rid")).isEqualTo("{\"rid\":1}");
      client.send(call(2, "#publish", "{\"channel\":\"room\",\"data\":1}"));
      assertThat(awaitMessage(client, "event"))
          .isEqualTo("{\"event\":\"#publish\",\"data\":{\"channel\":\"room\",\"data\":1}}");
      assertThat(awaitMessage(client, "1")).isNotEmpty();
      client.send("2");
      client.send(call(3, "leave", "null"));
      assertThat(awaitMessage(client, "#disconnect")).contains("\"code\":1000");
      assertThat(client.awaitClose().code()).isEqualTo(1000);
    }
  }

  @Test
  void aMessageThatIsTooLongClosesTheWebSocket() {
    try (RawClient client = door.webSocket("EIO=3&transport=websocket")) {
      client.send("4\"" + "x".repeat(600_000) + "\"");
      assertThat(client.awaitClose().code()).isEqualTo(1009);
    }
    await().untilAsserted(() -> assertThat(door.ended).hasSize(1));
  }
}
