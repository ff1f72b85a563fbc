// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a client may do before its handshake when {@code strictHandshake} is off, and what not. */
class StrictHandshakeTest {
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  private TestServer lenient() {
    return TestServer.start(
        options -> options.strictHandshake(false),
        server ->
            server
                .listener(AGServer.HANDSHAKE)
                .consume(
                    event -> {
                      event.socket().procedure("echo").consume(r -> r.end(r.data()));
                      event.socket().receiver("news", String.class).consume(received::add);
                    }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no packet", "{\"event\":\"news\"}", "{\"rid\":7}", "{}"})
  void whateverComesBeforeTheHandshakeLeavesTheConnectionOpen(String message) {
    try (TestServer test = lenient()) {
      RawClient client = test.upgraded();
      client.send(message);

      assertThat(client.handshake(null).path("id").asString()).hasSize(20);
    }
  }

  @Test
  void callsAndMessagesBeforeTheHandshakeReachTheApplication() {
    try (TestServer test = lenient()) {
      RawClient client = test.upgraded();
      client.transmit("news", "early");

      assertThat(client.call("echo", 5).path("data").asInt()).isEqualTo(5);
      await().until(() -> received.contains("early"));
    }
  }

  @Test
  void aPublishBeforeTheHandshakeIsDelivered() {
    try (TestServer test = lenient()) {
      RawClient subscriber = test.open();
      subscriber.call("#subscribe", Map.of("channel", "room"));

      test.upgraded().transmit("#publish", Map.of("channel", "room", "data", 1));

      assertThat(subscriber.next()).contains("#publish", "room");
    }
  }

  @Test
  void aSubscriptionNeedsTheHandshake() {
    try (TestServer test = lenient()) {
      RawClient client = test.upgraded();

      JsonNode error = client.call("#subscribe", Map.of("channel", "room")).path("error");

      assertThat(error.path("name").asString()).isEqualTo("InvalidActionError");
      assertThat(error.path("message").asString())
          .isEqualTo("Cannot subscribe socket to a channel before it has completed the handshake");
      client.handshake(null);
      assertThat(client.call("#subscribe", Map.of("channel", "room")).has("error")).isFalse();
    }
  }

  @Test
  void theDefaultIsStrict() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.upgraded();
      client.transmit("news", "early");

      assertThat(client.awaitClose().code()).isEqualTo(4009);
    }
  }
}
