// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.testkit.RawClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of the token that a client brings to its handshake. */
class HandshakeTokenTest {
  private final Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();

  /** A token that this server gave to a user. */
  private static String tokenFor(TestServer test, String username) {
    RawClient client = test.open();
    test.socketOf(client).setAuthToken(Map.of("username", username));
    return client.nextJson().path("data").path("token").asString();
  }

  @Test
  void aTokenThatWasGivenEarlierAuthenticatesWithoutAnError() {
    try (TestServer test = TestServer.start()) {
      String token = tokenFor(test, "bob");

      JsonNode status = test.upgraded().handshake(token);

      assertThat(status.path("isAuthenticated").asBoolean(false)).isTrue();
      assertThat(status.has("authError")).isFalse();
    }
  }

  @Test
  void aTokenThatWasSignedWithAnEarlierKeyOpensTheSocketWithAnError() {
    String token;
    try (TestServer earlier =
        TestServer.start(options -> options.authKey("the-key-that-was-in-use-until-today"))) {
      token = tokenFor(earlier, "bob");
    }
    try (TestServer test = TestServer.start()) {
      JsonNode status = test.upgraded().handshake(token);

      assertThat(status.path("isAuthenticated").asBoolean(true)).isFalse();
      assertThat(status.path("authError").path("name").asString())
          .isEqualTo("AuthTokenInvalidError");
    }
  }

  @Test
  void aTokenThatTheMiddlewareBlocksOpensTheSocketWithTheErrorOfTheMiddleware() {
    AGMiddleware noAlice =
        AGMiddleware.each(
            action -> {
              JsonNode token = action.authToken();
              if (token != null && token.path("username").asString().equals("alice")) {
                action.block(new AGException("AuthenticateMiddlewareError", "Not today"));
              } else {
                action.allow();
              }
            });
    try (TestServer test = startWith(noAlice)) {
      RawClient client = test.upgraded();
      JsonNode status = client.handshake(tokenFor(test, "alice"));

      assertThat(status.path("isAuthenticated").asBoolean(true)).isFalse();
      assertThat(status.path("authError").path("name").asString())
          .isEqualTo("AuthenticateMiddlewareError");
      assertThat(test.socketOf(client).authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      assertThat(test.upgraded().handshake(tokenFor(test, "bob")).path("isAuthenticated"))
          .hasToString("true");
    }
  }

  @Test
  void theMiddlewareIsAskedAboutATokenAndNotAboutAHandshakeWithoutOne() {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    AGMiddleware recording =
        AGMiddleware.each(
            action -> {
              asked.add(action.type() + " " + action.authToken());
              action.allow();
            });
    try (TestServer test = startWith(recording)) {
      test.open();
      assertThat(asked).isEmpty();

      JsonNode status = test.upgraded().handshake(tokenFor(test, "bob"));

      assertThat(asked).singleElement().asString().startsWith("AUTHENTICATE").contains("bob");
      assertThat(status.path("isAuthenticated").asBoolean(false)).isTrue();
    }
  }

  @Test
  void aClientThatLeavesBeforeItsTokenIsCheckedLeavesNothingBehind() {
    Queue<String> connected = new ConcurrentLinkedQueue<>();
    Queue<String> handshakes = new ConcurrentLinkedQueue<>();
    try (TestServer test = startWith(AGMiddleware.each(undecided::add))) {
      AGServer server = test.server();
      String token = tokenFor(test, "bob");
      await().until(() -> server.clientsCount() == 1);
      server.listener(AGServer.HANDSHAKE).consume(e -> handshakes.add(e.socket().id()));
      server.listener(AGServer.CONNECTION).consume(e -> connected.add(e.id()));
      int before = server.clientsCount();
      RawClient client = test.upgraded();
      client.send(
          "{\"event\":\"#handshake\",\"data\":{\"authToken\":"
              + Payload.of(token)
              + "},\"cid\":1}");
      await().until(() -> undecided.size() == 1);

      assertThat(server.clientsCount()).isEqualTo(before);
      assertThat(server.pendingClientsCount()).isEqualTo(1);
      await().untilAsserted(() -> assertThat(handshakes).hasSize(1));
      assertThat(server.pendingClients()).containsOnlyKeys(handshakes);
      client.close();
      await().until(() -> server.pendingClientsCount() == 0);
      undecided.remove().allow();
      test.open(); // a round trip

      assertThat(server.pendingClients()).isEmpty();
      assertThat(server.clients()).doesNotContainKeys(handshakes.peek());
      assertThat(server.clientsCount()).isEqualTo(before + 1);
      assertThat(connected).doesNotContain(String.valueOf(handshakes.peek()));
    }
  }

  private static TestServer startWith(AGMiddleware middleware) {
    return TestServer.start(
        options -> options,
        server -> server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, middleware));
  }
}
