// SPDX-License-Identifier: MIT
package io.socketcluster.engineio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that do what none should: the server keeps their sessions, and leaves nothing behind. */
class HostileClientsTest {
  private final TestDoor door = new TestDoor();
  private final List<RawClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(RawClient::close);
    door.close();
  }

  private RawClient sends(String request) {
    RawClient client = RawClient.tcp(door.server.port());
    clients.add(client);
    client.write(request.getBytes(ISO_8859_1));
    return client;
  }

  private static String get(String session) {
    return "GET " + TestDoor.PATH + "?" + session + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static String post(String session, String packet) {
    String body = packet.length() + ":" + packet;
    return "POST "
        + TestDoor.PATH
        + "?"
        + session
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String echo(int cid) {
    return "4{\"event\":\"echo\",\"data\":" + cid + ",\"cid\":" + cid + "}";
  }

  @Test
  void ofPollsInParallelOneIsHeldAndTheOthersAreAnsweredEmpty() {
    String session = door.open();
    int polls = 5;
    List<RawClient> held = new ArrayList<>();
    for (int i = 0; i < polls; i++) {
      held.add(sends(get(session)));
    }
    List<String> heads = new CopyOnWriteArrayList<>();
    held.forEach(poll -> Thread.startVirtualThread(() -> heads.add(poll.readHead())));
    await().until(() -> heads.size() == polls - 1);
    assertThat(door.say(session, "2")).isEqualTo(200);
    await().until(() -> heads.size() == polls);
    assertThat(heads).allMatch(head -> head.startsWith("HTTP/1.1 200 "));
  }

  @Test
  void requestsThatArePipelinedAreAnsweredOneAfterTheOther() {
    String session = door.open();
    RawClient client =
        sends(
            post(session, echo(1))
                + post(session, echo(2))
                + get(session)
                + "GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(client.readAll())
        .containsSubsequence("\r\n\r\nok", "\r\n\r\nok", "4{\"rid\":1", "HTTP/1.1 501 ");
  }

  @Test
  void aBodyThatIsCutOffIsNoMessageAndTheSessionGoesOn() {
    String session = door.open();
    String whole = post(session, echo(1));
    for (int length = 1; length < whole.length(); length += 9) {
      sends(whole.substring(0, length)).close();
    }
    assertThat(door.say(session, echo(2))).isEqualTo(200);
    assertThat(door.pollUntil(session, "\"rid\":2")).doesNotContain("\"rid\":1");
    assertThat(door.ended).isEmpty();
  }

  @Test
  void aClientThatClosesWhileItUpgradesLosesNothing() {
    String session = door.open();
    String query = session.replace("polling", "websocket");
    try (RawClient probing = door.webSocket(query)) {
      probing.send("2probe");
      assertThat(probing.next()).isEqualTo("3probe");
      assertThat(door.say(session, echo(1))).isEqualTo(200);
    }
    assertThat(door.pollUntil(session, "\"rid\":1")).contains("\"data\":1");
    for (int i = 0; i < 20; i++) {
      sends(RawClient.upgradeRequest(TestDoor.PATH + "?" + query)).close();
    }
    assertThat(door.say(session, echo(2))).isEqualTo(200);
    assertThat(door.pollUntil(session, "\"rid\":2")).contains("\"data\":2");
    assertThat(door.ended).isEmpty();
  }

  @Test
  void aClientThatClosesWhileItOpensLeavesNothing() {
    for (int i = 0; i < 30; i++) {
      sends(RawClient.upgradeRequest(TestDoor.PATH + "?EIO=3&transport=websocket")).close();
      sends(RawClient.upgradeRequest(TestDoor.PATH)).close();
    }
    try (RawClient last = door.webSocket("EIO=3&transport=websocket")) {
      last.next();
    }
    await().until(() -> door.server.clientsCount() == 0 && door.server.pendingClientsCount() == 0);
  }

  @Test
  void aClientThatHasGoneBeforeItIsAdmittedLeavesNothing() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    door.server.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE,
        AGMiddleware.each(
            action -> {
              if (action.type() == AGAction.Type.HANDSHAKE_WS) {
                asked.countDown();
                proceed.await();
              }
              action.allow();
            }));
    RawClient client = door.webSocket("EIO=3&transport=websocket");
    await().until(() -> asked.getCount() == 0);
    client.sendFrame(0x88, new byte[] {3, (byte) 0xE8});
    await().until(client::hasEnded); // the server knows
    proceed.countDown();

    await()
        .during(Duration.ofSeconds(1))
        .until(() -> door.server.clientsCount() + door.server.pendingClientsCount() == 0);
  }
}
