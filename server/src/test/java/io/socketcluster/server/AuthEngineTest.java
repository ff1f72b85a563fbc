// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.Payload;
import io.socketcluster.testkit.RawClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens that an engine of the application's own verifies, also while clients come and go. */
class AuthEngineTest {
  private static final JsonNode BOB = Payload.of(Map.of("username", "bob")).node();

  /** Verifies as it is told to, and signs nothing. */
  private record Verifier(BiFunction<String, @Nullable AGServerSocket, JsonNode> verify)
      implements AGAuthEngine {
    @Override
    public String signToken(ObjectNode claims, AuthTokenOptions options) {
      throw new UnsupportedOperationException("signToken");
    }

    @Override
    public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
      return verify.apply(signedToken, socket);
    }
  }

  @Test
  void theEngineIsGivenTheTokenAsItCameAndTheSocketThatItCameFrom() {
    Queue<String> tokens = new ConcurrentLinkedQueue<>();
    Queue<AGServerSocket> sockets = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      test.server()
          .setAuthEngine(
              new Verifier(
                  (token, socket) -> {
                    tokens.add(token);
                    if (socket != null) {
                      sockets.add(socket);
                    }
                    return BOB;
                  }));
      RawClient client = test.upgraded();

      JsonNode status = client.handshake("a token of another kind");

      assertThat(status.path("isAuthenticated").asBoolean(false)).isTrue();
      assertThat(tokens).containsExactly("a token of another kind");
      assertThat(sockets).containsExactly(test.socketOf(client));
      assertThat(test.socketOf(client).authToken()).isEqualTo(BOB);
    }
  }

  @Test
  void aTokenOfTheKeyBeforeIsRefusedOnceTheKeyHasChanged() {
    try (TestServer test = TestServer.start()) {
      RawClient first = test.open();
      test.socketOf(first).setAuthToken(BOB);
      String token = first.nextJson().path("data").path("token").asString();
      assertThat(test.upgraded().handshake(token).path("isAuthenticated")).hasToString("true");

      test.server()
          .setAuthEngine(
              JwtAuthEngine.of(AuthKey.secret("another-key-of-thirty-two-bytes-or-more")));

      JsonNode status = test.upgraded().handshake(token);
      assertThat(status.path("isAuthenticated").asBoolean(true)).isFalse();
      assertThat(status.path("authError").path("name").asString())
          .isEqualTo("AuthTokenInvalidError");
    }
  }

  @Test
  void aClientThatLeavesWhileItsTokenIsVerifiedIsAnAbortAndLeavesNothingBehind() {
    CountDownLatch proceed = new CountDownLatch(1);
    Queue<String> events = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      AGServer server = test.server();
      server.setAuthEngine(
          new Verifier(
              (token, socket) -> {
                events.add("verifying");
                try {
                  proceed.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                events.add("verified");
                return BOB;
              }));
      server.listener(AGServer.CONNECTION).consume(event -> events.add("connection"));
      server.listener(AGServer.DISCONNECTION).consume(event -> events.add("disconnection"));
      server.listener(AGServer.CONNECTION_ABORT).consume(event -> events.add("abort"));
      RawClient client = test.upgraded();
      client.send("{\"event\":\"#handshake\",\"data\":{\"authToken\":\"any\"},\"cid\":1}");
      await().until(() -> events.contains("verifying"));
      assertThat(server.pendingClientsCount()).isEqualTo(1);
      assertThat(server.clientsCount()).isZero();

      client.close();
      await().until(() -> events.contains("abort"));
      proceed.countDown();
      await().until(() -> events.contains("verified"));
      test.open(); // what follows the verification has been done on one of two event loops
      test.open();

      assertThat(server.pendingClients()).isEmpty();
      assertThat(server.clientsCount()).isEqualTo(2);
      await().until(() -> events.stream().filter("connection"::equals).count() == 2);
      assertThat(events).doesNotContain("disconnection").hasSize(5);
    }
  }
}
