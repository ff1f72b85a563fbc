// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.testkit.RawClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a client and the application see of a middleware that decides about handshakes. */
class DecidedHandshakeTest {
  private static final String HANDSHAKE = "{\"event\":\"#handshake\",\"data\":{},\"cid\":1}";

  private final Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  /** Starts a server whose handshakes wait for the test, after the upgrade. */
  private TestServer start() {
    return TestServer.start(
        options -> options,
        server -> {
          server.setMiddleware(
              AGServer.MIDDLEWARE_HANDSHAKE,
              AGMiddleware.each(
                  action -> {
                    if (action.type() == AGAction.Type.HANDSHAKE_SC) {
                      undecided.add(action);
                    } else {
                      action.allow();
                    }
                  }));
          server.listener(AGServer.WARNING).consume(e -> events.add("" + e.warning()));
          server.listener(AGServer.AUTHENTICATION).consume(e -> events.add("authentication"));
          server
              .listener(AGServer.CONNECTION_ABORT)
              .consume(e -> events.add("abort " + e.code() + " " + e.reason()));
        });
  }

  private RawClient handshaking(TestServer test) {
    RawClient client = test.upgraded();
    client.send(HANDSHAKE);
    await().until(() -> undecided.size() == 1);
    return client;
  }

  @ParameterizedTest
  @ValueSource(ints = {4008, 4501})
  void aBlockedHandshakeIsAnErrorForTheClientAndAWarningAndAnAbortForTheServer(int code) {
    Map<String, ?> properties = code == 4008 ? Map.of() : Map.of("statusCode", code);
    try (TestServer test = start()) {
      RawClient client = handshaking(test);

      undecided.remove().block(new AGException("TooLazyError", "Too lazy", properties));

      JsonNode error = client.nextJson().path("error");
      assertThat(error.path("name").asString()).isEqualTo("TooLazyError");
      assertThat(error.path("statusCode").asInt()).isEqualTo(code);
      assertThat(client.awaitClose().code()).isEqualTo(code);
      await().until(() -> events.contains("TooLazyError: Too lazy"));
      await().until(() -> events.stream().anyMatch(each -> each.startsWith("abort " + code)));
    }
  }

  @Test
  void aHandshakeThatIsAllowedLateIsAnsweredThen() {
    try (TestServer test = start()) {
      RawClient client = handshaking(test);
      assertThat(client.waiting()).isZero();
      assertThat(test.server().clientsCount()).isZero();

      undecided.remove().allow();

      assertThat(client.nextJson().path("data").path("isAuthenticated")).hasToString("false");
      await().until(() -> test.server().clientsCount() == 1);
    }
  }

  @Test
  void aMiddlewareOfTheHandshakeCannotGiveATokenYet() {
    try (TestServer test = start()) {
      RawClient client = handshaking(test);
      AGAction action = undecided.remove();
      AGServerSocket socket = action.socket();

      assertThatThrownBy(() -> socket.setAuthToken(Map.of("username", "alice")))
          .isInstanceOf(InvalidActionError.class);
      action.allow();

      assertThat(client.nextJson().path("data").path("isAuthenticated")).hasToString("false");
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      assertThat(socket.authToken()).isNull();
      client.call("#subscribe", Map.of("channel", "a")); // no token came before this answer
      assertThat(events).doesNotContain("authentication");
    }
  }
}
