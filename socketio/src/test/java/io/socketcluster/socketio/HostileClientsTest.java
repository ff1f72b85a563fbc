// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do what none should: the server keeps its sessions, and leaves nothing behind. */
class HostileClientsTest {
  private static final String CRLF = "\r\n";
  private static final String EMPTY_ANSWER = "content-length: 0\r\n";

  private TestDoor door = new TestDoor();
  private final List<RawClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(RawClient::close);
    door.close();
  }

  private void restart(TestDoor with) {
    door.close();
    door = with;
  }

  private RawClient sends(String request) {
    RawClient client = RawClient.tcp(door.server.port());
    clients.add(client);
    client.write(request.getBytes(ISO_8859_1));
    return client;
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static String post(String session, String packet) {
    String body = "data=" + packet;
    return "POST "
        + session
        + "/send HTTP/1.1\r\nHost: a\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void awaitClients(int count) {
    await().until(() -> door.io.clients().size() == count);
    await().until(() -> door.server.clientsCount() == count);
  }

  @Test
  void ofPollsInParallelTheLastIsHeldAndTheOthersAreAnsweredEmpty() {
    String session = door.poll();
    await().until(() -> door.io.clients().size() == 1);
    int polls = 5;
    for (int i = 0; i < polls; i++) {
      sends(get(session + "/" + i));
    }
    await().until(() -> door.onlyClient().connections() == 1 + polls);
    door.onlyClient().send("x");
    List<String> heads =
        clients.stream().map(client -> client.readHead().toLowerCase(Locale.ROOT)).toList();
    assertThat(heads).allMatch(head -> head.startsWith("http/1.1 200 "));
    assertThat(heads.stream().filter(head -> head.contains(EMPTY_ANSWER))).hasSize(polls - 1);
    assertThat(heads.stream().filter(head -> head.contains("content-length: 8"))).hasSize(1);
  }

  @Test
  void requestsThatArePipelinedAreAnsweredOneAfterTheOther() {
    String session = door.poll();
    RawClient client =
        sends(
            post(session, "~m~1~m~a")
                + post(session, "~m~1~m~b")
                + get(session + "/1")
                + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(client.readAll())
        .containsSubsequence("\r\n\r\nok", "\r\n\r\nok", "\r\n\r\n~m~1~m~a", "the application");
  }

  @Test
  void aBodyThatIsCutOffIsNoMessageAndTheSessionGoesOn() {
    String session = door.poll();
    String whole = post(session, "~m~3~m~cut");
    for (int length = 1; length < whole.length(); length += 9) {
      sends(whole.substring(0, length)).close();
    }
    assertThat(door.post(session + "/send", "~m~3~m~end").body()).isEqualTo("ok");
    assertThat(door.get(session + "/1").body()).isEqualTo("~m~3~m~end");
    await()
        .until(
            () -> List.copyOf(door.told).equals(List.of("connect xhr-polling", "message \"end\"")));
  }

  @Test
  void aBodyInChunksIsReadAndItsLengthIsBounded() {
    restart(new TestDoor(o -> o, io -> io.maxRequestBody(100)));
    String session = door.poll();
    String head =
        "POST " + session + "/send HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    RawClient client = sends(head + "5\r\ndata=\r\n4\r\n~m~1\r\n4\r\n~m~a\r\n0\r\n\r\n");
    assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
    assertThat(door.get(session + "/1").body()).isEqualTo("~m~1~m~a");
    RawClient greedy = sends(head + ("40\r\n" + "x".repeat(64) + CRLF).repeat(2));
    assertThat(greedy.readAll()).startsWith("HTTP/1.1 413 ");
    assertThat(door.post(session + "/send", "~m~1~m~b").statusCode()).isEqualTo(200);
  }

  @Test
  void aPollOfHttp10IsAnsweredAndItsConnectionCloses() {
    RawClient client = sends("GET /socket.io/xhr-polling HTTP/1.0\r\n\r\n");
    assertThat(client.readAll()).startsWith("HTTP/1.1 200 ").contains("\r\n\r\n~m~49~m~");
  }

  @Test
  void aPollWhoseClientHangsUpLeavesTheSession() {
    String session = door.poll();
    await().until(() -> door.io.clients().size() == 1);
    sends(get(session + "/1"));
    await().until(() -> door.onlyClient().connections() == 2);
    clients.getFirst().close();
    CompletableFuture<String> next = new CompletableFuture<>();
    door.getLater(session + "/2").thenAccept(answer -> next.complete(answer.body()));
    await()
        .until(
            () -> {
              door.onlyClient().send("x"); // what the dead poll took is lost
              return next.isDone();
            });
    assertThat(next.join()).startsWith("~m~1~m~x");
    assertThat(door.told).containsExactly("connect xhr-polling");
  }

  private long told(String event) {
    return door.told.stream().filter(told -> told.startsWith(event)).count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: websocket, Sec-WebSocket-Version: 13, Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Upgrade: WebSocket, Origin: http://a",
        "Upgrade: WebSocket, Origin: http://a, Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5, "
            + "Sec-WebSocket-Key2: 12998 5 Y3 1  .P00"
      })
  void aClientThatClosesWhileItUpgradesLeavesNothing(String fields) {
    for (int i = 0; i < 30; i++) {
      String head = "GET /socket.io/websocket HTTP/1.1, Host: a, Connection: Upgrade, " + fields;
      sends(head.replace(", ", CRLF) + CRLF + CRLF).close();
    }
    try (RawClient last = door.webSocket("/socket.io/websocket")) {
      last.next();
      awaitClients(1);
    }
    awaitClients(0);
    await().until(() -> told("connect") == told("disconnect"));
  }

  @Test
  void aSecondWebSocketOfASessionTakesItOver() {
    restart(new TestDoor(o -> o, HostileClientsTest::withLongCloseTimeout));
    try (RawClient first = door.webSocket("/socket.io/websocket")) {
      String id = first.next().substring(8);
      try (RawClient second = door.webSocket("/socket.io/websocket/" + id)) {
        assertThat(first.awaitClose().code()).isEqualTo(1000);
        second.send("~m~1~m~a");
        assertThat(second.next()).isEqualTo("~m~1~m~a");
        assertThat(door.io.clients()).hasSize(1);
      }
    }
    await()
        .until(() -> List.copyOf(door.told).equals(List.of("connect websocket", "message \"a\"")));
  }

  private static SocketIOOptions.Builder withLongCloseTimeout(SocketIOOptions.Builder io) {
    return io.transportOptions(
        SocketIOTransport.WEBSOCKET, its -> its.withCloseTimeout(Duration.ofMinutes(1)));
  }

  @Test
  void connectionsThatCloseWhileTheyResumeLeaveTheSession() {
    restart(new TestDoor(o -> o, HostileClientsTest::withLongCloseTimeout));
    String path;
    try (RawClient first = door.webSocket("/socket.io/websocket")) {
      path = "/socket.io/websocket/" + first.next().substring(8);
    }
    for (int i = 0; i < 30; i++) {
      sends(RawClient.upgradeRequest(path)).close();
    }
    await().until(() -> isEchoed(path)); // the server may read one of them later, and it takes over
    assertThat(door.io.clients()).hasSize(1);
  }

  private boolean isEchoed(String path) {
    try (RawClient client = door.webSocket(path)) {
      client.send("~m~1~m~a");
      await().until(() -> client.waiting() > 0 || client.isClosed());
      return client.waiting() > 0 && client.next().startsWith("~m~1~m~a");
    } catch (UncheckedIOException e) { // taken over before it could send
      return false;
    }
  }

  @Test
  void anAddressHasItsShareOfWebSockets() {
    restart(new TestDoor(o -> o, io -> io.maxSessionsPerAddress(1)));
    try (RawClient one = door.webSocket("/socket.io/websocket")) {
      one.next();
      try (RawClient two = door.webSocket("/socket.io/websocket")) {
        assertThat(two.awaitClose().code()).isEqualTo(1013);
      }
    }
    awaitClients(0);
  }

  @Test
  void aServerThatClosesAnswersThePolls() {
    String session = door.poll();
    await().until(() -> door.io.clients().size() == 1);
    RawClient poll = sends(get(session + "/1"));
    await().until(() -> door.onlyClient().connections() == 2);
    door.server.close();
    assertThat(poll.readAll()).startsWith("HTTP/1.1 404 ");
    await().until(() -> door.told.contains("disconnect"));
  }
}
