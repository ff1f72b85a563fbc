// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not keep to the handshake, as both ends see it. */
class HandshakeViolationsTest {
  private static final String TOO_EARLY =
      "4009 Server received a message before the client handshake";
  private static final String REJECTED = "4008 Server rejected handshake from client";
  private static final int BINARY = 2;

  private final Queue<String> closures = new ConcurrentLinkedQueue<>();
  private final Queue<String> subscriptions = new ConcurrentLinkedQueue<>();

  private TestServer start() {
    return TestServer.start(
        options -> options,
        server -> {
          server
              .listener(AGServer.CLOSURE)
              .consume(event -> closures.add(event.code() + " " + event.reason()));
          server
              .listener(AGServer.SUBSCRIPTION)
              .consume(event -> subscriptions.add(event.channel()));
        });
  }

  private void expectClosed(RawClient client, String codeAndReason) {
    assertThat(codeAndReason).startsWith(client.awaitClose().code() + " ");
    await().untilAsserted(() -> assertThat(closures).containsExactly(codeAndReason));
  }

  @Test
  void anEmptyBinaryMessageBeforeTheHandshakeCloses() {
    try (TestServer test = start()) {
      RawClient client = test.upgraded();
      client.sendFrame(BINARY, new byte[0]);

      expectClosed(client, TOO_EARLY);
    }
  }

  @Test
  void aPongBeforeTheHandshakeCloses() {
    try (TestServer test = start()) {
      RawClient client = test.upgraded();
      client.send("");

      expectClosed(client, TOO_EARLY);
    }
  }

  @Test
  void subscribingBeforeTheHandshakeClosesAndSubscribesToNothing() {
    try (TestServer test = start()) {
      RawClient client = test.upgraded();
      client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"someChannel\"},\"cid\":2}");

      expectClosed(client, TOO_EARLY);
      assertThat(client.waiting()).isZero();
      assertThat(subscriptions).isEmpty();
      assertThat(test.server().brokerEngine().isSubscribed("someChannel")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"#handshake\",\"data\":{}}",
        "{\"event\":\"#handshake\",\"data\":{},\"cid\":null}"
      })
  void aHandshakeThatAsksForNoAnswerCloses(String packet) {
    try (TestServer test = start()) {
      RawClient client = test.upgraded();
      client.send(packet);

      expectClosed(client, REJECTED);
    }
  }

  @Test
  void anAuthenticateThatAsksForNoAnswerCloses() {
    try (TestServer test = start()) {
      RawClient client = test.open();
      client.transmit("#authenticate", "a.b.c");

      expectClosed(client, REJECTED);
    }
  }
}
