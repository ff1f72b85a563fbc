// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import io.socketcluster.testkit.RawClient.Closed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HandshakeTest {
  @Test
  void theAnswerTellsIdAndPingTimeout() {
    try (TestServer test = TestServer.start()) {
      JsonNode status = test.upgraded().handshake(null);

      assertThat(status.path("id").asString()).matches("[A-Za-z0-9_-]{20}");
      assertThat(status.path("pingTimeout").asInt()).isEqualTo(20_000);
      assertThat(status.path("isAuthenticated").asBoolean()).isFalse();
      assertThat(status.has("authError")).isFalse();
    }
  }

  @Test
  void aBadTokenIsASoftErrorAndIsTakenFromTheClient() {
    Queue<String> events = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(
            options -> options,
            server -> {
              server.listener(AGServer.CONNECTION).consume(e -> events.add("" + e.authError()));
              server.listener(AGServer.BAD_SOCKET_AUTH_TOKEN).consume(e -> events.add("bad"));
            })) {
      RawClient client = test.upgraded();
      JsonNode status = client.handshake("no.valid.token");

      assertThat(status.path("isAuthenticated").asBoolean()).isFalse();
      assertThat(status.path("authError").path("name").asString())
          .isEqualTo("AuthTokenInvalidError");
      assertThat(client.nextJson().path("event").asString()).isEqualTo("#removeAuthToken");
      client.call("#publish", Map.of("channel", "a", "data", 1));
      await()
          .untilAsserted(
              () -> assertThat(events).contains("bad").anyMatch(e -> e.contains("AuthToken")));
    }
  }

  @Test
  void theTokenOfAnEarlierConnectionAuthenticates() {
    try (TestServer test = TestServer.start()) {
      RawClient first = test.open();
      test.socketOf(first).setAuthToken(Map.of("username", "bob"));
      String token = first.nextJson().path("data").path("token").asString();

      RawClient second = test.upgraded();
      JsonNode status = second.handshake(token);

      assertThat(status.path("isAuthenticated").asBoolean()).isTrue();
      assertThat(String.valueOf(test.socketOf(second).authToken())).contains("bob");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"#publish\",\"data\":{\"channel\":\"a\"},\"cid\":1}",
        "{\"event\":\"hello\"}",
        "{\"rid\":1}",
        "raw",
        ""
      })
  void anythingBeforeTheHandshakeClosesWith4009AndNothingBehindItIsExecuted(String message) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.upgraded();
      client.stopAnsweringPings();
      client.send(message);
      client.send("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}");

      assertThat(client.awaitClose()).isEqualTo(new Closed(4009, client.awaitClose().reason()));
      assertThat(client.waiting()).isZero();
      assertThat(test.server().clientsCount()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"event\":\"#handshake\",\"data\":{}} | 4008",
        "{\"event\":\"#handshake\",\"data\":{},\"cid\":\"1\"} | 4008",
      })
  void aHandshakeWithoutACallIdClosesWith4008(String message, int code) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.upgraded();
      client.send(message);

      assertThat(client.awaitClose().code()).isEqualTo(code);
    }
  }

  @Test
  void aHandshakeThatDoesNotComeInTimeClosesWith4005() {
    try (TestServer test =
        TestServer.start(
            options ->
                options
                    .handshakeTimeout(Duration.ofMillis(400))
                    .pingInterval(Duration.ofMillis(100))
                    .pingTimeout(Duration.ofMillis(200)))) {
      RawClient client = test.upgraded();

      assertThat(client.awaitClose().code()).isEqualTo(4005);
      assertThat(client.pings()).as("a pong would have come before the handshake").isZero();
    }
  }

  @Test
  void aSecondHandshakeIsAnError() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();

      JsonNode answer = client.call("#handshake", Map.of());

      assertThat(answer.path("error").path("name").asString()).isEqualTo("InvalidActionError");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "5", "[]", "\"text\"", "{\"authToken\":\"\"}", "{\"authToken\":null}"})
  void aHandshakeWithoutATokenOpens(String data) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.upgraded();
      client.send("{\"event\":\"#handshake\",\"data\":" + data + ",\"cid\":1}");

      JsonNode status = client.nextJson().path("data");
      assertThat(status.path("isAuthenticated").asBoolean()).isFalse();
      assertThat(status.has("authError")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "{}", "[1]", "true"})
  void aTokenThatIsNoStringIsASoftError(String token) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.upgraded();
      client.send("{\"event\":\"#handshake\",\"data\":{\"authToken\":" + token + "},\"cid\":1}");

      assertThat(client.nextJson().path("data").path("authError").path("isBadToken").asBoolean())
          .isTrue();
      assertThat(client.nextJson().path("event").asString()).isEqualTo("#removeAuthToken");
    }
  }

  @Test
  void pendingAndOpenSocketsAreCounted() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.upgraded();
      await().until(() -> test.server().pendingClientsCount() == 1);
      client.handshake(null);
      await().until(() -> test.server().clientsCount() == 1);
      assertThat(test.server().pendingClientsCount()).isZero();

      client.close();

      await().until(() -> test.server().clientsCount() == 0);
    }
  }

  @Test
  void manyConnectionsThatVanishInTheHandshakeLeaveNothing() {
    try (TestServer test = TestServer.start()) {
      for (int i = 0; i < 50; i++) {
        RawClient client = test.upgraded();
        if (i % 2 == 0) {
          client.send("{\"event\":\"#handshake\",\"data\":{\"authToken\":\"a.b.c\"},\"cid\":1}");
        }
        client.close();
      }
      await()
          .until(
              () ->
                  List.of(test.server().pendingClientsCount(), test.server().clientsCount())
                      .equals(List.of(0, 0)));
    }
  }
}
