// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Polls of XMLHttpRequest and of scripts, byte for byte. */
class PollingTest {
  private TestDoor door = new TestDoor();

  @AfterEach
  void close() {
    door.close();
  }

  private void restart(TestDoor with) {
    door.close();
    door = with;
  }

  @Test
  void theFirstPollIsAnsweredWithTheSessionId() {
    HttpResponse<String> answer = door.get("/socket.io/xhr-polling//1300000000000");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).matches("~m~49~m~[0-9]{49}");
    assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=UTF-8");
    assertThat(answer.headers().firstValue("content-length")).contains("57");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store, no-transform");
    await().until(() -> door.told.contains("connect xhr-polling"));
    assertThat(door.onlyClient().connected()).as("between two polls").isTrue();
    assertThat(door.onlyClient().connections()).isEqualTo(1);
    assertThat(answer.body()).endsWith(door.onlyClient().sessionId());
  }

  @Test
  void whatIsSentBetweenTwoPollsLeavesInOnePacket() {
    String session = door.poll();
    await().until(() -> door.io.clients().size() == 1);
    door.onlyClient().send("b1").send(Map.of("b", 2)).send("h\u00e9\ud83d\ude00");
    door.post(session + "/send", "~m~4~m~~h~9"); // is answered when all of these have been sent
    HttpResponse<String> answer = door.get(session + "/1301");
    assertThat(answer.body()).isEqualTo("~m~2~m~b1~m~10~m~~j~{\"b\":2}~m~4~m~h\u00e9\ud83d\ude00");
    assertThat(answer.headers().firstValue("content-length")).contains("41");
    assertThat(door.onlyClient().connections()).isEqualTo(2);
  }

  @Test
  void whatIsPostedArrivesInOrder() {
    String session = door.poll();
    HttpResponse<String> posted =
        door.post(
            session + "/send", "~m~5~m~a+b c~m~12~m~~j~{\"a\":\"\u00e9\"}~m~4~m~~h~1~m~1~m~z");
    assertThat(posted.statusCode()).isEqualTo(200);
    assertThat(posted.body()).isEqualTo("ok");
    assertThat(posted.headers().firstValue("content-type")).contains("text/plain");
    await()
        .untilAsserted(
            () ->
                assertThat(door.told)
                    .containsExactly(
                        "connect xhr-polling",
                        "message \"a+b c\"",
                        "message {\"a\":\"\u00e9\"}",
                        "message \"z\""));
  }

  @Test
  void aPollIsHeldAndThenEmpty() {
    restart(
        new TestDoor(
            o -> o,
            io ->
                io.transportOptions(
                    SocketIOTransport.XHR_POLLING,
                    its -> its.withDuration(Duration.ofMillis(200)))));
    String session = door.poll();
    long begin = System.nanoTime();
    HttpResponse<String> answer = door.get(session + "/1301");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("content-length")).contains("0");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(150));
  }

  @Test
  void aSecondPollEndsTheFirstWithAnEmptyPacket() {
    String session = door.poll();
    CompletableFuture<HttpResponse<String>> first = door.getLater(session + "/1");
    await().until(() -> door.io.clients().size() == 1 && door.onlyClient().connections() == 2);
    CompletableFuture<HttpResponse<String>> second = door.getLater(session + "/2");
    assertThat(first).succeedsWithin(Duration.ofSeconds(30));
    assertThat(first.join().body()).isEmpty();
    door.onlyClient().send("x");
    assertThat(second).succeedsWithin(Duration.ofSeconds(30));
    assertThat(second.join().body()).isEqualTo("~m~1~m~x");
  }

  @Test
  void aSessionEndsWithoutPolls() {
    restart(
        new TestDoor(
            o -> o,
            io ->
                io.transportOptions(
                    SocketIOTransport.XHR_POLLING,
                    its -> its.withCloseTimeout(Duration.ofMillis(200)))));
    String session = door.poll();
    await().until(() -> door.told.contains("disconnect"));
    assertThat(door.io.clients()).isEmpty();
    assertThat(door.get(session + "/1").statusCode()).isEqualTo(404);
    assertThat(door.post(session + "/send", "~m~1~m~a").statusCode()).isEqualTo(404);
  }

  @Test
  void theServerDisconnectsAClient() {
    String session = door.poll();
    CompletableFuture<HttpResponse<String>> poll = door.getLater(session + "/1");
    door.post(session + "/send", "~m~5~m~leave~m~4~m~gone");
    assertThat(poll).succeedsWithin(Duration.ofSeconds(30));
    assertThat(poll.join().statusCode()).isEqualTo(404);
    await().until(() -> door.told.contains("disconnect"));
  }

  @Test
  void scriptsPollAndFormsPost() {
    HttpResponse<String> answer = door.get("/socket.io/jsonp-polling//1300/0");
    assertThat(answer.body()).matches("io\\.JSONP\\[0\\]\\._\\(\"~m~49~m~[0-9]{49}\"\\);");
    assertThat(answer.headers().firstValue("content-type"))
        .contains("text/javascript; charset=UTF-8");
    String session =
        "/socket.io/jsonp-polling/" + answer.body().replaceAll(".*~m~49~m~|\"\\);", "");
    door.post(session + "/send//0", "~m~11~m~line1\r\nline2~m~5~m~</\u2028\"a");
    await().until(() -> door.told.size() == 3);
    assertThat(door.told)
        .containsExactly(
            "connect jsonp-polling", "message \"line1\\nline2\"", "message \"</\u2028\\\"a\"");
    StringBuilder all = new StringBuilder();
    while (all.indexOf("\\\"a") < 0) {
      all.append(door.get(session + "/1301/12").body());
    }
    assertThat(all.toString())
        .contains("io.JSONP[12]._(\"", "~m~11~m~line1\\nline2", "~m~5~m~<\\/\\u2028\\\"a\");");
  }

  @Test
  void postsThatAreNoPacketAreRefused() {
    String session = door.poll();
    String type = "application/x-www-form-urlencoded";
    for (String body : new String[] {"", "dat=~m~1~m~a", "data=%", "data=%zz"}) {
      HttpResponse<String> answer =
          door.send(
              door.request(session + "/send")
                  .header("content-type", type)
                  .POST(BodyPublishers.ofString(body, UTF_8)));
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
    }
    assertThat(door.post(session + "/send", "no frames").body()).isEqualTo("ok");
    assertThat(door.post(session + "/send", "~m~3~m~end").body()).isEqualTo("ok");
    await().until(() -> door.told.contains("message \"end\""));
    assertThat(door.told).hasSize(2);
  }

  @Test
  void aLongBodyIsRefused() {
    restart(new TestDoor(o -> o, io -> io.maxRequestBody(100)));
    String session = door.poll();
    assertThat(door.post(session + "/send", "x".repeat(200)).statusCode()).isEqualTo(413);
  }

  @Test
  void aSlowReaderIsClosed() {
    restart(new TestDoor(options -> options.outboundBufferLimit(64 * 1024), io -> io));
    door.poll();
    await().until(() -> door.io.clients().size() == 1);
    SocketIOClient client = door.onlyClient();
    String large = "x".repeat(50_000);
    await()
        .until(
            () -> {
              client.send(large);
              return door.told.contains("disconnect");
            });
  }

  @Test
  void anAddressHasItsShareOfSessions() {
    restart(new TestDoor(o -> o, io -> io.maxSessionsPerAddress(1)));
    door.poll();
    assertThat(door.get("/socket.io/xhr-polling//1").statusCode()).isEqualTo(429);
  }

  @Test
  void aBroadcastReachesAllButTheSender() {
    String one = door.poll();
    String other = door.poll();
    await().until(() -> door.io.clients().size() == 2);
    door.post(one + "/send", "~m~3~m~all");
    assertThat(door.get(other + "/1").body()).isEqualTo("~m~13~m~to the others");
    door.io.broadcast("everybody");
    assertThat(door.get(one + "/1").body()).isEqualTo("~m~9~m~everybody");
  }
}
