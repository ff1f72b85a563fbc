// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** An answer never waits behind the action that waits for it. */
class AnswersPassTest {
  private static final String CHANNEL = "room";

  private final CompletableFuture<Object> outcome = new CompletableFuture<>();

  /** Longer than a test waits: only an answer ends a call. */
  private static AGServerOptions.Builder patient(AGServerOptions.Builder options) {
    return options.ackTimeout(Duration.ofMinutes(5)).middlewareTimeout(Duration.ZERO);
  }

  private TestServer start(AGAction.Type type, Function<AGServerSocket, CompletableFuture<?>> ask) {
    return TestServer.start(
        AnswersPassTest::patient,
        server -> server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, asking(type, ask)));
  }

  private AGMiddleware asking(
      AGAction.Type type, Function<AGServerSocket, CompletableFuture<?>> ask) {
    return AGMiddleware.each(
        action -> {
          if (action.type() == type) {
            tell(ask.apply(action.socket()));
          }
          action.allow();
        });
  }

  private void tell(CompletableFuture<?> asked) throws InterruptedException {
    try {
      outcome.complete(String.valueOf(asked.get()));
    } catch (ExecutionException e) {
      outcome.completeExceptionally(e.getCause());
    }
  }

  private static CompletableFuture<JsonNode> question(AGServerSocket socket) {
    return socket.invoke("question", null);
  }

  private static void trigger(AGAction.Type type, RawClient client, TestServer test) {
    switch (type) {
      case SUBSCRIBE -> client.invoke("#subscribe", Map.of("channel", CHANNEL));
      case PUBLISH_IN -> client.invoke("#publish", Map.of("channel", CHANNEL, "data", 1));
      case TRANSMIT -> client.transmit("news", 1);
      case INVOKE -> client.invoke("work", 1);
      case AUTHENTICATE -> client.invoke("#authenticate", token(test));
      default -> throw new AssertionError(type);
    }
  }

  private static String token(TestServer test) {
    return test.server()
        .auth()
        .signToken(
            JsonNodeFactory.instance.objectNode().put("name", "Bob"), AuthTokenOptions.DEFAULT);
  }

  private static void answer(RawClient client, @Nullable Object data) {
    JsonNode asked = client.nextJson();
    assertThat(asked.path("cid").isIntegralNumber()).as(asked.toString()).isTrue();
    client.send("{\"rid\":" + asked.path("cid") + ",\"data\":" + data + "}");
  }

  private Object outcome() throws Exception {
    return outcome.get(60, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(
      value = AGAction.Type.class,
      names = {"SUBSCRIBE", "PUBLISH_IN", "TRANSMIT", "INVOKE", "AUTHENTICATE"})
  void theMiddlewareIsAnsweredWhileItsActionHoldsTheOthers(AGAction.Type type) throws Exception {
    try (TestServer test = start(type, AnswersPassTest::question)) {
      RawClient client = test.open();
      trigger(type, client, test);
      answer(client, 42);

      assertThat(outcome()).isEqualTo("42");
    }
  }

  static Stream<Function<AGServerSocket, CompletableFuture<?>>> confirmedTokens() {
    return Stream.of(
        socket ->
            socket.setAuthToken(
                Map.of("name", "Bob"),
                AuthTokenOptions.builder().rejectOnFailedDelivery(true).build()),
        socket ->
            socket.deauthenticate(DeauthenticateOptions.DEFAULT.withRejectOnFailedDelivery()));
  }

  @ParameterizedTest
  @MethodSource("confirmedTokens")
  void aTokenIsConfirmedInsideTheMiddleware(Function<AGServerSocket, CompletableFuture<?>> token)
      throws Exception {
    try (TestServer test = start(AGAction.Type.SUBSCRIBE, token)) {
      RawClient client = test.open();
      trigger(AGAction.Type.SUBSCRIBE, client, test);
      answer(client, null);

      assertThat(outcome()).isEqualTo("null");
    }
  }

  @Test
  void anAnswerBehindAHeldPacketOfItsBatchPasses() throws Exception {
    CompletableFuture<AGServerSocket> connected = new CompletableFuture<>();
    CompletableFuture<JsonNode> earlier = new CompletableFuture<>();
    try (TestServer test =
        TestServer.start(
            AnswersPassTest::patient,
            server -> {
              server.setMiddleware(
                  AGServer.MIDDLEWARE_INBOUND, asking(AGAction.Type.SUBSCRIBE, socket -> earlier));
              server.onConnection(socket -> connected.complete(socket));
            })) {
      RawClient client = test.open();
      question(connected.get()).thenAccept(earlier::complete);
      JsonNode asked = client.nextJson();
      client.send(
          "[{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room\"},\"cid\":7},{\"rid\":"
              + asked.path("cid")
              + ",\"data\":42},{\"event\":\"#subscribe\",\"data\":{\"channel\":\"b\"},\"cid\":8}]");

      assertThat(outcome()).isEqualTo("42");
      assertThat(client.nextJson().path("rid").asInt()).isEqualTo(7);
      assertThat(client.nextJson().path("rid").asInt()).isEqualTo(8);
    }
  }

  @Test
  void whatComesWithAnAnswerKeepsItsPlace() throws Exception {
    try (TestServer test = start(AGAction.Type.SUBSCRIBE, AnswersPassTest::question)) {
      RawClient client = test.open();
      test.socketOf(client).procedure("echo").consume(request -> request.end(request.data()));
      trigger(AGAction.Type.SUBSCRIBE, client, test);
      JsonNode asked = client.nextJson();
      client.invoke("echo", "before");
      client.send(
          "[{\"event\":\"echo\",\"data\":\"first\",\"cid\":21},{\"rid\":%s},{\"event\":\"echo\","
                  .formatted(asked.path("cid"))
              + "\"data\":\"second\",\"cid\":22}]");

      outcome();
      assertThat(client.nextJson().path("rid").asInt()).as("subscribed").isLessThan(21);
      assertThat(client.nextJson().path("data").asString()).isEqualTo("before");
      assertThat(client.nextJson().path("data").asString()).isEqualTo("first");
      assertThat(client.nextJson().path("data").asString()).isEqualTo("second");
    }
  }

  @Test
  void anAnswerArrivesThoughTheBufferIsFull() throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    try (TestServer test =
        TestServer.start(
            options -> patient(options).inboundBufferLimit(4096),
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND,
                    AGMiddleware.each(
                        action -> {
                          if (action.type() == AGAction.Type.SUBSCRIBE) {
                            full.await();
                            tell(question(action.socket()));
                          }
                          action.allow();
                        })))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      trigger(AGAction.Type.SUBSCRIBE, client, test);
      for (int i = 0; i < 45; i++) {
        client.transmit("news", "x".repeat(40));
      }
      await().until(() -> socket.getInboundBackpressure() > 35);
      full.countDown();
      answer(client, 42);

      assertThat(outcome()).isEqualTo("42");
    }
  }

  @Test
  void anAnswerIsAskedAboutByTheRawLineFirst() throws Exception {
    try (TestServer test = start(AGAction.Type.INVOKE, AnswersPassTest::question)) {
      test.server()
          .setMiddleware(
              AGServer.MIDDLEWARE_INBOUND_RAW,
              AGMiddleware.each(
                  action -> {
                    String message = String.valueOf(action.data(String.class));
                    if (message.contains("\"data\":41")) {
                      action.allow(message.replace("41", "42"));
                    } else {
                      action.allow();
                    }
                  }));
      RawClient client = test.open();
      trigger(AGAction.Type.INVOKE, client, test);
      answer(client, 41);

      assertThat(outcome()).isEqualTo("42");
    }
  }

  @Test
  void aCallInsideTheOutboundMiddlewarePassesThePublishThatWaitsForIt() throws Exception {
    try (TestServer test =
        TestServer.start(
            AnswersPassTest::patient,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_OUTBOUND,
                    AGMiddleware.each(
                        action -> {
                          action.socket().transmit("before", null);
                          tell(question(action.socket()));
                          action.allow();
                        })))) {
      RawClient client = test.open();
      client.call("#subscribe", Map.of("channel", CHANNEL));
      test.server().exchange().transmitPublish(CHANNEL, 1);

      assertThat(client.nextJson().path("event").asString()).isEqualTo("before");
      answer(client, 42);
      assertThat(outcome()).isEqualTo("42");
      assertThat(client.nextJson().path("event").asString()).isEqualTo("#publish");
    }
  }

  @Test
  void beforeTheHandshakeIsCompleteACallFailsAtOnce() {
    try (TestServer test =
        TestServer.start(
            AnswersPassTest::patient,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_HANDSHAKE,
                    asking(AGAction.Type.HANDSHAKE_SC, AnswersPassTest::question)))) {
      test.open();

      assertThatThrownBy(this::outcome).hasRootCauseInstanceOf(BadConnectionError.class);
    }
  }
}
