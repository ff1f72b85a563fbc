// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.stream.StreamHandler;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HandshakeMiddlewareTest {
  private final Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  private TestServer start(
      UnaryOperator<AGServerOptions.Builder> options, StreamHandler<AGAction> step) {
    return TestServer.start(
        options,
        server -> {
          server.setMiddleware(AGServer.MIDDLEWARE_HANDSHAKE, AGMiddleware.each(step));
          server.listener(AGServer.WARNING).consume(e -> warnings.add("" + e.warning()));
          server.listener(AGServer.HANDSHAKE).consume(e -> events.add("handshake"));
          server.listener(AGServer.CONNECTION).consume(e -> events.add("connection"));
          server.listener(AGServer.CONNECTION_ABORT).consume(e -> events.add("abort " + e.code()));
          server.listener(AGServer.BAD_SOCKET_AUTH_TOKEN).consume(e -> events.add("bad token"));
        });
  }

  private TestServer start(StreamHandler<AGAction> step) {
    return start(options -> options, step);
  }

  /** Keeps the actions of a type, allows all others. */
  private StreamHandler<AGAction> keeping(AGAction.Type type) {
    return action -> {
      if (action.type() == type) {
        undecided.add(action);
      } else {
        action.allow();
      }
    };
  }

  private static StreamHandler<AGAction> blocking(AGAction.Type type, Throwable error) {
    return action -> {
      if (action.type() == type) {
        action.block(error);
      } else {
        action.allow();
      }
    };
  }

  private static RawClient asking(TestServer test) {
    RawClient client = test.tcp();
    client.write(RawClient.upgradeRequest(test.server().getPath()).getBytes(ISO_8859_1));
    return client;
  }

  @Test
  void bothActionsOfAConnectionShowWhatTheyAreAbout() {
    try (TestServer test =
        start(
            action -> {
              String socket =
                  action.type() == AGAction.Type.HANDSHAKE_WS
                      ? ""
                      : action.socket().state().name().toLowerCase(Locale.ROOT);
              events.add(action.type().value() + " " + action.request().uri() + " " + socket);
              events.add(action.data().isMissingNode() + " " + action.channel());
              action.allow();
            })) {
      test.open();

      await().until(() -> events.contains("connection"));
      String uri = test.server().getPath();
      assertThat(events)
          .containsSubsequence(
              "handshakeWS " + uri + " ",
              "true null",
              "handshakeSC " + uri + " connecting",
              "true null",
              "connection");
    }
  }

  @Test
  void anUpgradeHasNoSocketYet() {
    try (TestServer test = start(keeping(AGAction.Type.HANDSHAKE_WS))) {
      asking(test);
      await().until(() -> !undecided.isEmpty());

      assertThatThrownBy(() -> undecided.remove().socket())
          .isInstanceOf(InvalidActionError.class)
          .hasMessage("AGAction handshakeWS has no socket yet");
    }
  }

  @Test
  void aBlockedUpgradeIsAnsweredWith401AndTheMessage() {
    try (TestServer test =
        start(
            blocking(
                AGAction.Type.HANDSHAKE_WS, new AGException("TooManyError", "Come back later")))) {
      assertThat(asking(test).readAll())
          .startsWith("HTTP/1.1 401 Unauthorized")
          .endsWith("\r\n\r\nCome back later");
      await().until(() -> warnings.contains("TooManyError: Come back later"));
      assertThat(events).isEmpty();
    }
  }

  @Test
  void anUpgradeThatIsBlockedSilentlySaysOnlyThat() {
    AGException silent = new AGException("Secret", "a secret", Map.of("silent", true));
    try (TestServer test = start(blocking(AGAction.Type.HANDSHAKE_WS, silent))) {
      assertThat(asking(test).readAll())
          .endsWith("The handshakeWS AGAction was blocked by handshake middleware");
      await().until(() -> warnings.contains("Secret: a secret"));
    }
  }

  @Test
  void failuresAreNotEmittedWhenThatIsSwitchedOff() {
    try (TestServer test =
        start(
            options -> options.middlewareEmitFailures(false),
            blocking(AGAction.Type.HANDSHAKE_WS, new AGException("No", "No")))) {
      asking(test).readAll();
      test.server().removeMiddleware(AGServer.MIDDLEWARE_HANDSHAKE);
      test.open();
      await().until(() -> events.contains("connection"));

      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void anUpgradeMayBeDecidedLaterAndWhatCameMeanwhileIsNotLost() {
    try (TestServer test = start(keeping(AGAction.Type.HANDSHAKE_WS))) {
      RawClient client = asking(test);
      await().until(() -> undecided.size() == 1);
      client.send("{\"event\":\"#handshake\",\"cid\":1}");
      client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"a\"},\"cid\":2}");

      undecided.remove().allow();
      client.readUpgradeAnswer();
      assertThat(client.nextJson().path("rid").asInt()).isEqualTo(1);
      assertThat(client.nextJson()).hasToString("{\"rid\":2}");
    }
  }

  @Test
  void aClientThatSendsMuchWithoutWaitingForTheUpgradeIsHeldBack() {
    try (TestServer test = start(keeping(AGAction.Type.HANDSHAKE_WS))) {
      RawClient client = asking(test);
      await().until(() -> undecided.size() == 1);
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                client.send("{\"event\":\"#handshake\",\"cid\":1}");
                for (int i = 0; i < 1000; i++) {
                  client.invoke("#publish", Map.of("channel", "a", "data", "x".repeat(20_000)));
                }
              });
      await().pollDelay(Duration.ofMillis(300)).until(sender::isAlive);

      undecided.remove().allow();
      client.readUpgradeAnswer();
      for (int i = 0; i < 1001; i++) {
        assertThat(client.nextJson().has("rid")).isTrue();
      }
    }
  }

  @Test
  void anUpgradeThatIsNotDecidedInTimeIsRefused() {
    try (TestServer test =
        start(
            options -> options.middlewareTimeout(Duration.ofMillis(100)),
            keeping(AGAction.Type.HANDSHAKE_WS))) {
      String message = "The handshakeWS AGAction was not decided in time by handshake middleware";

      assertThat(asking(test).readAll()).startsWith("HTTP/1.1 401").endsWith(message);
      await().until(() -> warnings.contains("TimeoutError: " + message));
      assertThatThrownBy(() -> undecided.remove().allow())
          .hasMessageContaining("has already been blocked; cannot allow");
    }
  }

  @Test
  void theHandshakeTimeoutHoldsWhereTheMiddlewareHasNone() {
    try (TestServer test =
        start(
            options ->
                options.middlewareTimeout(Duration.ZERO).handshakeTimeout(Duration.ofMillis(200)),
            keeping(AGAction.Type.HANDSHAKE_WS))) {
      RawClient client = asking(test);

      assertThat(client.readAll()).startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void aClientThatHangsUpDuringTheDecisionLeavesNothing() {
    try (TestServer test = start(keeping(AGAction.Type.HANDSHAKE_WS))) {
      RawClient client = asking(test);
      await().until(() -> undecided.size() == 1);
      client.send("early");
      client.close();
      asking(test); // on the other event loop, or after the first was heard to hang up
      asking(test);
      await().until(() -> undecided.size() == 3);

      undecided.remove().allow();
      await().during(Duration.ofMillis(200)).until(events::isEmpty);
      assertThat(test.server().pendingClientsCount()).isZero();
    }
  }

  @Test
  void aServerThatClosesRefusesWhatWaits() {
    RawClient client;
    try (TestServer test = start(keeping(AGAction.Type.HANDSHAKE_WS))) {
      client = asking(test);
      await().until(() -> undecided.size() == 1);
      Thread closing = Thread.startVirtualThread(() -> test.server().close().join());

      assertThat(client.readAll()).startsWith("HTTP/1.1 503");
      await().until(() -> !closing.isAlive());
      undecided.remove().allow();
    }
  }

  @ParameterizedTest
  @CsvSource({"-1,4008", "4500,4500", "3000,3000", "1000,1000", "999,4008", "1001,4008"})
  void aBlockedHandshakeIsAnsweredAndThenClosed(int asked, int code) {
    Map<String, ?> properties = asked < 0 ? Map.of() : Map.of("statusCode", asked);
    AGException error = new AGException("FullError", "No seat left", properties);
    try (TestServer test =
        start(
            options -> options.protocolVersion(ProtocolVersion.V2),
            blocking(AGAction.Type.HANDSHAKE_SC, error))) {
      RawClient client = test.upgraded();
      client.send("{\"event\":\"#handshake\",\"cid\":7}");
      client.send("{\"event\":\"#publish\",\"data\":{\"channel\":\"a\"},\"cid\":8}");

      assertThat(client.nextJson())
          .hasToString(
              "{\"rid\":7,\"error\":{\"message\":\"No seat left\",\"name\":\"FullError\","
                  + ("\"statusCode\":" + code + "}}"));
      assertThat(client.awaitClose().code()).isEqualTo(code);
      assertThat(client.waiting()).isZero();
      await().until(() -> events.contains("abort " + code));
      assertThat(events).doesNotContain("connection");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/old/", "/socketcluster/"})
  void aClientThatMayBeOfVersionOneFindsTheCodeInTheData(String path) {
    AGException error = new AGException("FullError", "No", Map.of("statusCode", 4501));
    AGEndpoint old = AGEndpoint.of("/old/").withProtocolVersion(ProtocolVersion.V1);
    try (TestServer test =
            start(options -> options.endpoint(old), blocking(AGAction.Type.HANDSHAKE_SC, error));
        RawClient client = RawClient.upgraded(test.port(), path)) {
      client.send("{\"event\":\"#handshake\",\"cid\":1}");

      JsonNode answer = client.nextJson();
      assertThat(answer.path("data")).hasToString("{\"code\":4501}");
      assertThat(answer.path("error").path("statusCode").asInt()).isEqualTo(4501);
      assertThat(client.awaitClose().code()).isEqualTo(4501);
    }
  }

  @Test
  void aHandshakeThatIsBlockedSilentlyIsClosedWith4008() {
    try (TestServer test =
        start(
            action -> {
              if (action.type() == AGAction.Type.HANDSHAKE_SC) {
                action.block();
              } else {
                action.allow();
              }
            })) {
      RawClient client = test.upgraded();
      client.send("{\"event\":\"#handshake\",\"cid\":1}");

      JsonNode error = client.nextJson().path("error");
      assertThat(error.path("name").asString()).isEqualTo("SilentMiddlewareBlockedError");
      assertThat(error.path("type").asString()).isEqualTo("handshake");
      assertThat(client.awaitClose().code()).isEqualTo(4008);
    }
  }

  @Test
  void theTokenIsCheckedBeforeTheHandshakeIsAskedAndInForceAfterIt() {
    try (TestServer test =
        start(
            action -> {
              if (action.type() == AGAction.Type.HANDSHAKE_SC) {
                events.add(action.authToken() + " " + action.socket().authToken());
              }
              action.allow();
            })) {
      RawClient first = test.open();
      test.socketOf(first).setAuthToken(Map.of("username", "ada"));
      String token = first.nextJson().path("data").path("token").asString();
      RawClient second = test.upgraded();
      JsonNode status = second.handshake(token);

      assertThat(status.path("isAuthenticated").asBoolean()).isTrue();
      assertThat(events).anyMatch(e -> e.matches("\\{\"username\":\"ada\".* null"));
    }
  }

  @Test
  void aBadTokenIsShownToTheHandshakeAndReportedOnlyWhenThatIsAllowed() {
    try (TestServer test =
        start(
            action -> {
              AGException error = action.authTokenError();
              if (error == null) {
                action.allow();
              } else {
                action.block(error);
              }
            })) {
      RawClient client = test.upgraded();
      client.send("{\"event\":\"#handshake\",\"data\":{\"authToken\":\"x.y.z\"},\"cid\":1}");

      assertThat(client.nextJson().path("error").path("name").asString())
          .isEqualTo("AuthTokenInvalidError");
      assertThat(client.awaitClose().code()).isEqualTo(4008);
      await().until(() -> events.contains("abort 4008"));
      assertThat(events).doesNotContain("bad token");
    }
  }

  @Test
  void aHandshakeThatIsNotDecidedInTimeIsClosed() {
    try (TestServer test =
        start(
            options -> options.middlewareTimeout(Duration.ofMillis(100)),
            keeping(AGAction.Type.HANDSHAKE_SC))) {
      RawClient client = test.upgraded();
      client.send("{\"event\":\"#handshake\",\"cid\":1}");

      assertThat(client.nextJson().path("error").path("name").asString()).isEqualTo("TimeoutError");
      assertThat(client.awaitClose().code()).isEqualTo(4008);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = AGAction.Type.class,
      names = {"HANDSHAKE_WS", "HANDSHAKE_SC"})
  void twoHundredUndecidedConnectionsDelayNoOther(AGAction.Type type) {
    try (TestServer test =
        start(
            action -> {
              if (action.type() == type && undecided.size() < 200) {
                undecided.add(action);
              } else {
                action.allow();
              }
            })) {
      List<RawClient> waiting = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        RawClient client = asking(test);
        client.send("{\"event\":\"#handshake\",\"cid\":1}");
        waiting.add(client);
      }
      await().until(() -> undecided.size() == 200);

      RawClient quick = test.open();
      quick.call("#publish", Map.of("channel", "a", "data", 1));
      assertThat(undecided).as("still undecided").allMatch(action -> action.outcome() == null);

      undecided.forEach(AGAction::allow);
      for (RawClient client : waiting) {
        client.readUpgradeAnswer();
        assertThat(client.nextJson().path("data").has("id")).isTrue();
      }
    }
  }

  @Test
  void theLoopOfAConnectionEndsWithItsHandshake() {
    Queue<String> ended = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_HANDSHAKE,
                    actions -> {
                      actions.forEach(AGAction::allow);
                      ended.add(actions.type().value());
                    }))) {
      RawClient client = test.open();

      await().until(() -> ended.contains("handshake"));
      assertThat(client.isClosed()).isFalse();
      RawClient silent = test.upgraded();
      silent.close();
      await().until(() -> ended.size() == 2);
      assertThat(silent.isClosed()).isTrue();
    }
  }

  @Test
  void bytesOfAnUpgradeThatIsRefusedAreReleased() {
    try (TestServer test = start(keeping(AGAction.Type.HANDSHAKE_WS))) {
      RawClient client = test.tcp();
      String request = RawClient.upgradeRequest(test.server().getPath()) + "not decoded as HTTP";
      client.write(request.getBytes(UTF_8));
      await().until(() -> undecided.size() == 1);
      undecided.remove().block();

      assertThat(client.readAll()).startsWith("HTTP/1.1 401");
    }
  }
}
