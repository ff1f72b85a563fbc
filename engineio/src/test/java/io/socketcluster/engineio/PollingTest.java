// SPDX-License-Identifier: MIT
package io.socketcluster.engineio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.SlowConsumerPolicy;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Engine.IO over polls, byte for byte. */
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

  private static String call(int cid, String event, String data) {
    return "4{\"event\":\"" + event + "\",\"data\":" + data + ",\"cid\":" + cid + "}";
  }

  @Test
  void theFirstAnswerHasTheIdAndTheStatusInBothDialects() {
    HttpResponse<byte[]> answer = door.get("EIO=3&transport=polling&b64=1");
    String body = TestDoor.text(answer);
    assertThat(body)
        .startsWith("104:0{\"sid\":\"")
        .contains("\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":60000}")
        .contains("4{\"event\":\"#status\",\"data\":{\"id\":\"")
        .contains("4{\"event\":\"status\",\"data\":{\"id\":\"")
        .contains("\"isAuthenticated\":false");
    assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=UTF-8");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store, no-transform");
    assertThat(answer.headers().firstValue("set-cookie"))
        .contains("n/test/io=" + TestDoor.sid(body) + "; path=/; HttpOnly; SameSite=Lax");
    assertThat(body).as("the public id").doesNotContain("\"id\":\"" + TestDoor.sid(body));
  }

  @Test
  void browsersAreSentBinaryPayloads() {
    HttpResponse<byte[]> answer = door.get("EIO=3&transport=polling");
    assertThat(answer.headers().firstValue("content-type")).contains("application/octet-stream");
    assertThat(answer.body()).startsWith(0, 1, 0, 4, 0xFF, '0', '{');
  }

  @Test
  void callsAreAnsweredAndAccentsSurviveInText() {
    String session = door.open();
    assertThat(door.say(session, call(1, "echo", "\"h\u00e9\ud83d\ude00\""))).isEqualTo(200);
    String answer = new String(door.pollUntil(session, "\"rid\":1").getBytes(ISO_8859_1), UTF_8);
    assertThat(answer).isEqualTo("27:4{\"rid\":1,\"data\":\"h\u00e9\ud83d\ude00\"}");
  }

  @Test
  void accentsSurviveInBinary() {
    String sid = TestDoor.sid(TestDoor.text(door.get("EIO=3&transport=polling")));
    String session = "EIO=3&transport=polling&sid=" + sid;
    byte[] packet = call(1, "echo", "\"h\u00e9\"").getBytes(UTF_8);
    byte[] body = new byte[packet.length + 4];
    body[1] = (byte) (packet.length / 10);
    body[2] = (byte) (packet.length % 10);
    body[3] = (byte) 0xFF;
    System.arraycopy(packet, 0, body, 4, packet.length);
    assertThat(door.post(session, "application/octet-stream", body).statusCode()).isEqualTo(200);
    assertThat(door.pollUntil(session, "rid")).endsWith("4{\"rid\":1,\"data\":\"h\u00e9\"}");
  }

  @Test
  void scriptsPollAndFormsPost() {
    String body = TestDoor.text(door.get("EIO=3&transport=polling&j=7"));
    assertThat(body).startsWith("___eio[7](\"104:0{\\u0022sid\\u0022:\\u0022").endsWith("\");");
    String session =
        "EIO=3&transport=polling&j=7&sid="
            + body.replaceAll("(?s).*sid.u0022:.u0022([\\w-]+).*", "$1");
    String packet = call(1, "echo", "\"a<\\\\n\u00e9\"").replace("\\\\n", "\\n");
    String units = new String(packet.getBytes(UTF_8), ISO_8859_1);
    String field = (units.length() + ":" + units).replace("\\n", "\\\\n");
    String form = "d=" + URLEncoder.encode(field, UTF_8);
    HttpResponse<byte[]> posted =
        door.post(session, "application/x-www-form-urlencoded", form.getBytes(UTF_8));
    assertThat(TestDoor.text(posted)).isEqualTo("ok");
    assertThat(door.pollUntil(session, "rid"))
        .endsWith("\\u0022data\\u0022:\\u0022a\\u003c\\u005cn\\u00c3\\u00a9\\u0022}\");");
    assertThat(door.get("EIO=3&transport=polling&j=alert(1)").statusCode()).isEqualTo(400);
  }

  @Test
  void theDialectWithoutHashIsAnsweredWithout() {
    String session = door.open();
    door.say(session, call(1, "subscribe", "\"room\""));
    assertThat(door.pollUntil(session, "\"rid\":1")).doesNotContain("#");
    door.say(session, call(2, "publish", "{\"channel\":\"room\",\"data\":5}"));
    assertThat(door.pollUntil(session, "\"rid\":2"))
        .contains("4{\"event\":\"publish\",\"data\":{\"channel\":\"room\",\"data\":5}}")
        .doesNotContain("#");
  }

  @Test
  void theDialectWithHashIsAnsweredWithIt() {
    String session = door.open();
    door.say(session, call(1, "#subscribe", "[\"a\",\"b\"]"));
    assertThat(door.pollUntil(session, "\"rid\":1")).isEqualTo("10:4{\"rid\":1}");
    await().untilAsserted(() -> assertThat(subscriptions()).containsExactlyInAnyOrder("a", "b"));
    door.say(session, call(2, "#publish", "{\"channel\":\"b\",\"data\":5}"));
    assertThat(door.pollUntil(session, "\"rid\":2"))
        .contains("4{\"event\":\"#publish\",\"data\":{\"channel\":\"b\",\"data\":5}}")
        .doesNotContain("\"publish\"");
  }

  private Iterable<String> subscriptions() {
    return door.server.clients().values().iterator().next().subscriptions();
  }

  @Test
  void errorsAreTextsAndEventsWithoutAProcedureAreAcknowledged() {
    String session = door.open();
    door.say(session, call(1, "alwaysFails", "null"), call(2, "greet", "\"ann\""));
    String answers = door.pollUntil(session, "greeting", "\"rid\":1", "\"rid\":2");
    assertThat(answers)
        .contains("4{\"rid\":1,\"error\":\"BadCustomError: on purpose\"}")
        .contains("4{\"rid\":2}")
        .contains("4{\"event\":\"greeting\",\"data\":{\"hello\":\"ann\"}}");
  }

  @Test
  void aTokenComesWithTheNameOfItsCookieAndIsReadFromIt() {
    String session = door.open();
    door.say(session, call(1, "login", "null"));
    String told = door.pollUntil(session, "\"rid\":1");
    assertThat(told).contains("\"cookieName\":\"n/test/auth\"");
    String token = told.replaceAll("(?s).*?\"token\":\"([^\"]+)\".*", "$1");
    String cookie = "n/test/auth=" + token;
    String own = "http://127.0.0.1:" + door.server.port();
    assertThat(statusWith("cookie", cookie)).contains("\"isAuthenticated\":true");
    assertThat(statusWith("cookie", cookie, "origin", own)).contains("\"isAuthenticated\":true");
    assertThat(statusWith("cookie", cookie, "origin", "http://evil.example"))
        .as("a page of another host")
        .contains("\"isAuthenticated\":false");
    assertThat(statusWith("cookie", cookie, "referer", "http://evil.example/page"))
        .contains("\"isAuthenticated\":false");
    assertThat(statusWith("cookie", cookie, "sec-fetch-site", "cross-site"))
        .contains("\"isAuthenticated\":false");
    assertThat(statusWith("cookie", "n/test/auth=null"))
        .contains("\"isAuthenticated\":false")
        .doesNotContain("authError");
    assertThat(statusWith("cookie", "n/test/auth=forged"))
        .contains("\"authError\":{\"message\":")
        .contains("\"isAuthenticated\":false");
  }

  private String statusWith(String... headers) {
    HttpResponse<byte[]> answer =
        door.send(door.request("EIO=3&transport=polling&b64=1").headers(headers));
    String sid = TestDoor.sid(TestDoor.text(answer));
    String first = TestDoor.text(answer);
    return first.contains("#status")
        ? first
        : door.pollUntil("EIO=3&transport=polling&sid=" + sid, "#status");
  }

  @Test
  void aPingIsAnsweredByThePoll() {
    String session = door.open();
    door.say(session, "2");
    assertThat(TestDoor.text(door.get(session))).isEqualTo("1:3");
  }

  @Test
  void aSecondPollEndsTheFirstAndNothingIsLost() {
    String session = door.open();
    CompletableFuture<HttpResponse<byte[]>> first = door.sendLater(door.request(session));
    CompletableFuture<HttpResponse<byte[]>> second = first;
    String answer = "";
    while (!answer.contains("rid")) { // which of the two comes first, the network decides
      second = door.sendLater(door.request(session));
      CompletableFuture<?> either = CompletableFuture.anyOf(first, second);
      assertThat(either.thenApply(done -> 1)).succeedsWithin(Duration.ofSeconds(30));
      HttpResponse<byte[]> done = first.isDone() ? first.join() : second.join();
      assertThat(TestDoor.text(done)).isEqualTo("1:6");
      first = first.isDone() ? second : first;
      door.say(session, call(1, "echo", "5"));
      answer = TestDoor.text(first.join());
    }
    assertThat(answer).isEqualTo("19:4{\"rid\":1,\"data\":5}");
  }

  @Test
  void aPollIsHeldForItsTime() {
    restart(new TestDoor(o -> o, engine -> engine.pollDuration(Duration.ofMillis(200))));
    String session = door.open();
    assertThat(TestDoor.text(door.get(session))).isEqualTo("1:6");
  }

  @Test
  void aSessionEndsWithoutPolls() {
    restart(new TestDoor(o -> o, engine -> engine.closeTimeout(Duration.ofMillis(200))));
    String session = door.open();
    await().untilAsserted(() -> assertThat(door.ended).containsExactly("1006"));
    HttpResponse<byte[]> late = door.get(session);
    assertThat(late.statusCode()).isEqualTo(400);
    assertThat(TestDoor.text(late)).contains("\"message\":\"Session ID unknown\"");
  }

  @Test
  void aClientLeavesOnPurpose() {
    String session = door.open();
    assertThat(door.say(session, "1")).isEqualTo(200);
    await().untilAsserted(() -> assertThat(door.ended).containsExactly("1000"));
    assertThat(door.say(session, "2")).isEqualTo(400);
  }

  @Test
  void aClientThatIsDisconnectedIsToldNotToReturn() {
    String session = door.open();
    door.say(session, call(1, "leave", "null"));
    assertThat(door.pollUntil(session, "disconnect")).isEqualTo("17:4{\"disconnect\":1}1:1");
    assertThat(door.get(session).statusCode()).isEqualTo(400);
  }

  @Test
  void aServerThatClosesAnswersThePolls() {
    String session = door.open();
    CompletableFuture<HttpResponse<byte[]>> poll = door.sendLater(door.request(session));
    await().until(() -> door.server.clientsCount() == 1);
    door.server.close();
    assertThat(poll.thenApply(TestDoor::text))
        .succeedsWithin(Duration.ofSeconds(30))
        .isEqualTo("1:1");
  }

  @Test
  void aPayloadInNoFormEndsTheSession() {
    String session = door.open();
    byte[] body = "9:4{}".getBytes(UTF_8);
    assertThat(door.post(session, "text/plain", body).statusCode()).isEqualTo(400);
    await().untilAsserted(() -> assertThat(door.ended).containsExactly("1002"));
  }

  @Test
  void aSlowReaderIsClosed() {
    restart(new TestDoor(options -> options.outboundBufferLimit(64 * 1024), engine -> engine));
    String session = door.open();
    String large = "\"" + "x".repeat(100_000) + "\"";
    int last = 200;
    for (int i = 1; i < 50 && last == 200; i++) {
      last = door.say(session, call(i, "echo", large));
    }
    assertThat(last).isEqualTo(400);
    await().untilAsserted(() -> assertThat(door.ended).containsExactly("4010"));
  }

  @Test
  void aSlowReaderMayLoseItsOldestPublishesInstead() {
    restart(
        new TestDoor(
            options ->
                options
                    .outboundBufferLimit(64 * 1024)
                    .slowConsumerPolicy(SlowConsumerPolicy.DROP_OLDEST),
            engine -> engine));
    String session = door.open();
    door.say(session, call(1, "#subscribe", "\"room\""));
    door.pollUntil(session, "\"rid\":1");
    String large = "x".repeat(10_000);
    for (int i = 0; i < 40; i++) {
      door.server.exchange().invokePublish("room", i + large).join();
    }
    String last = "\"39" + large;
    String got = door.pollUntil(session, last);
    assertThat(got).contains("\"0" + large).doesNotContain("\"20" + large);
    assertThat(door.ended).isEmpty();
  }

  @Test
  void anAddressHasItsShareOfPolls() {
    restart(new TestDoor(o -> o, engine -> engine.maxPollsPerAddress(1)));
    String session = door.open();
    AtomicReference<CompletableFuture<?>> held = new AtomicReference<>();
    held.set(CompletableFuture.completedFuture(null));
    await()
        .until(
            () -> {
              if (held.get().isDone()) { // it is refused itself while another one is answered
                held.set(door.sendLater(door.request(session)));
              }
              return door.get("EIO=3&transport=polling&b64=1").statusCode() == 429;
            });
    door.say(session, "2");
    assertThat(held.get().thenApply(done -> 1)).succeedsWithin(Duration.ofSeconds(30));
    await().until(() -> door.get("EIO=3&transport=polling&b64=1").statusCode() == 200);
  }

  @Test
  void anAddressHasItsShareOfSessions() {
    restart(new TestDoor(o -> o, engine -> engine.maxSessionsPerAddress(1)));
    String session = door.open();
    assertThat(door.get("EIO=3&transport=polling").statusCode()).isEqualTo(429);
    door.say(session, "1");
    await().until(() -> door.get("EIO=3&transport=polling").statusCode() == 200);
  }

  @Test
  void aLongBodyIsRefusedAndTheSessionGoesOn() {
    restart(new TestDoor(o -> o, engine -> engine.maxRequestBody(1000)));
    String session = door.open();
    assertThat(door.say(session, "4" + "x".repeat(1000))).isEqualTo(413);
    assertThat(door.say(session, call(1, "echo", "5"))).isEqualTo(200);
    assertThat(door.pollUntil(session, "rid")).endsWith("4{\"rid\":1,\"data\":5}");
  }
}
