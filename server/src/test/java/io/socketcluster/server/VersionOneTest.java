// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients of protocol version 1 send and expect, beside one endpoint of version 2. */
class VersionOneTest {
  private static final String OLD = "/socketcluster-v1/";
  private static final String NEW = "/socketcluster-v2/";

  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  private static TestServer start(Consumer<AGServer> setUp) {
    UnaryOperator<AGServerOptions.Builder> paths =
        options ->
            options
                .endpoint(AGEndpoint.of(OLD).withProtocolVersion(ProtocolVersion.V1))
                .endpoint(AGEndpoint.of(NEW).withProtocolVersion(ProtocolVersion.V2));
    return TestServer.start(paths, setUp);
  }

  private static TestServer start() {
    return start(server -> {});
  }

  private static TestServer startWith(Consumer<AGServerSocket> handler) {
    return start(server -> server.onConnection(socket -> handler.accept(socket)));
  }

  @Test
  void theDataOfSubscribeMayBeTheName() {
    try (TestServer test = start()) {
      RawClient client = test.openAt(OLD);
      assertThat(client.call("#subscribe", "news").has("error")).isFalse();

      test.server().exchange().transmitPublish("news", 1);

      assertThat(client.nextJson().path("data").path("channel").asString()).isEqualTo("news");
    }
  }

  @Test
  void inVersionTwoItMayNot() {
    try (TestServer test = start()) {
      JsonNode answer = test.openAt(NEW).call("#subscribe", "news");

      assertThat(answer.path("error").path("message").asString())
          .isEqualTo("Subscribe channel name was malformatted");
    }
  }

  @Test
  void theDataOfUnsubscribeMayBeAnObject() {
    try (TestServer test = start()) {
      RawClient client = test.openAt(OLD);
      client.call("#subscribe", Map.of("channel", "news"));

      assertThat(client.call("#unsubscribe", Map.of("channel", "news")).has("error")).isFalse();
      assertThat(test.socketOf(client).isSubscribed("news")).isFalse();
    }
  }

  private void recordActions(AGServer server) {
    server.setMiddleware(
        AGServer.MIDDLEWARE_INBOUND,
        AGMiddleware.each(
            action -> {
              seen.add(action.type().value());
              action.allow();
            }));
  }

  @Test
  void disconnectClosesWithTheCodeOfTheClientAndAsksNoMiddleware() {
    try (TestServer test = start(this::recordActions)) {
      RawClient client = test.openAt(OLD);
      test.socketOf(client)
          .listener(AGServerSocket.DISCONNECT)
          .consume(event -> seen.add(event.code() + " " + event.reason()));

      client.transmit("#disconnect", Map.of("code", 4567, "data", "tired"));
      client.transmit("#publish", Map.of("channel", "news", "data", 1));

      assertThat(client.awaitClose().code()).isEqualTo(4567);
      await().untilAsserted(() -> assertThat(seen).containsExactly("4567 tired"));
    }
  }

  @Test
  void disconnectWithoutACodeIsNormal() {
    try (TestServer test = start()) {
      RawClient client = test.openAt(OLD);
      client.send("{\"event\":\"#disconnect\",\"cid\":5}");
      assertThat(client.awaitClose().code()).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1005", "1006", "0", "-1", "70000", "\"x\"", "[]", "4000.5", "1e300"})
  void disconnectWithACodeThatCannotBeSentIsAViolation(String code) {
    try (TestServer test = start()) {
      RawClient client = test.openAt(OLD);
      client.send("{\"event\":\"#disconnect\",\"data\":{\"code\":" + code + "}}");
      assertThat(client.awaitClose().code()).isEqualTo(1008);
    }
  }

  @Test
  void versionTwoHasNoDisconnectPacket() {
    try (TestServer test = startWith(this::record)) {
      RawClient client = test.openAt(NEW);
      AGServerSocket socket = test.socketOf(client);
      await() // what is reserved is not kept for who consumes it later
          .until(() -> !socket.getReceiverConsumerStatsList("#disconnect").isEmpty());
      client.transmit("#disconnect", Map.of("code", 4567));

      await().untilAsserted(() -> assertThat(seen).containsExactly("message {\"code\":4567}"));
      assertThat(client.isClosed()).isFalse();
    }
  }

  private void record(AGServerSocket socket) {
    socket.receiver("#disconnect").consume(data -> seen.add("message " + data));
  }

  @Test
  void theServerAnnouncesThatItDisconnectsToVersionOneOnly() {
    try (TestServer test = start()) {
      RawClient old = test.openAt(OLD);
      RawClient current = test.openAt(NEW);
      test.socketOf(old).disconnect(4501, "go");
      test.socketOf(current).disconnect(4501, "go");

      assertThat(old.next())
          .isEqualTo("{\"event\":\"#disconnect\",\"data\":{\"code\":4501,\"data\":\"go\"}}");
      assertThat(old.awaitClose()).isEqualTo(new RawClient.Closed(4501, "go"));
      assertThat(current.awaitClose()).isEqualTo(new RawClient.Closed(4501, "go"));
      assertThat(current.waiting()).isZero();
    }
  }

  @Test
  void whatIsBatchedLeavesOneByOneBecauseOldClientsReadNoBatches() {
    try (TestServer test = start()) {
      RawClient old = test.openAt(OLD);
      RawClient current = test.openAt(NEW);
      for (RawClient client : List.of(old, current)) {
        AGServerSocket socket = test.socketOf(client);
        socket.startBatch();
        socket.transmit("a", 1);
        socket.transmit("b", 2);
        socket.flushBatch();
      }

      assertThat(old.next()).isEqualTo("{\"event\":\"a\",\"data\":1}");
      assertThat(old.next()).isEqualTo("{\"event\":\"b\",\"data\":2}");
      assertThat(current.next()).startsWith("[");
    }
  }

  @Test
  void aRejectedHandshakeSaysTheCodeInItsData() {
    try (TestServer test =
        start(
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_HANDSHAKE,
                    AGMiddleware.each(VersionOneTest::rejectLateHandshake)))) {
      RawClient client = RawClient.upgraded(test.port(), OLD);
      client.send("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}");

      assertThat(client.nextJson().path("data").path("code").asInt()).isEqualTo(4501);
      assertThat(client.awaitClose().code()).isEqualTo(4501);
      client.close();
    }
  }

  private static void rejectLateHandshake(AGAction action) {
    if (action.type() == AGAction.Type.HANDSHAKE_SC) {
      action.block(new AGException("NoWay", "rejected", Map.of("statusCode", 4501)));
    } else {
      action.allow();
    }
  }

  @Test
  void aFailedAuthenticateSaysInItsDataThatTheSocketIsUnauthenticated() {
    try (TestServer test = start()) {
      JsonNode old = test.openAt(OLD).call("#authenticate", "bad");
      JsonNode current = test.openAt(NEW).call("#authenticate", "bad");

      assertThat(old.path("error").path("name").asString()).isEqualTo("AuthTokenInvalidError");
      assertThat(old.path("data").path("isAuthenticated").asBoolean(true)).isFalse();
      assertThat(old.path("data").path("authError")).isEqualTo(old.path("error"));
      assertThat(current.path("error")).isEqualTo(old.path("error"));
      assertThat(current.has("data")).isFalse();
    }
  }

  @Test
  void aChannelThatWaitsForAuthIsToldOfAnExpiredTokenWithoutMiddleware() {
    try (TestServer test = start(this::recordActions)) {
      RawClient client = test.openAt(OLD);
      AGServerSocket socket = test.socketOf(client);
      socket.setAuthToken(Map.of("exp", Instant.now().getEpochSecond() - 5));
      assertThat(client.nextJson().path("event").asString()).isEqualTo("#setAuthToken");

      int cid = client.invoke("#subscribe", Map.of("channel", "c", "waitForAuth", true));

      assertThat(client.nextJson().path("event").asString()).isEqualTo("#removeAuthToken");
      JsonNode answer = client.nextJson();
      assertThat(answer.path("rid").asInt()).isEqualTo(cid);
      assertThat(answer.path("error").path("name").asString()).isEqualTo("AuthTokenExpiredError");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aCallThatNoProcedureConsumesReachesTheReceiverAndIsAnsweredEmpty() {
    try (TestServer test =
        startWith(socket -> socket.receiver("tell").consume(data -> seen.add("told " + data)))) {
      RawClient client = test.openAt(OLD);
      await().until(() -> test.socketOf(client).getReceiverConsumerStatsList("tell").size() == 1);

      assertThat(client.call("tell", 1)).hasToString("{\"rid\":2}");
      await().untilAsserted(() -> assertThat(seen).containsExactly("told 1"));
    }
  }

  @Test
  void aCallThatAProcedureConsumesIsItsAlone() {
    try (TestServer test =
        startWith(
            socket -> {
              socket.receiver("ask").consume(data -> seen.add("told " + data));
              socket.procedure("ask").consume(request -> request.end("answer"));
            })) {
      RawClient client = test.openAt(OLD);
      await().until(() -> test.socketOf(client).getProcedureConsumerStatsList("ask").size() == 1);

      assertThat(client.call("ask", 1).path("data").asString()).isEqualTo("answer");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void inVersionTwoACallNeverReachesTheReceiver() {
    try (TestServer test =
        startWith(
            socket -> {
              socket.receiver("tell").consume(data -> seen.add("told " + data));
              socket.procedure("last").consume(request -> request.end());
            })) {
      RawClient client = test.openAt(NEW);
      client.invoke("tell", 1);

      assertThat(client.call("last", 2)).hasToString("{\"rid\":3}");
      assertThat(seen).isEmpty();
    }
  }

  /** A handler that consumes only when it is told to. */
  private static TestServer startLate(CountDownLatch late, Consumer<AGServerSocket> handler) {
    return startWith(
        socket -> {
          try {
            late.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          handler.accept(socket);
        });
  }

  @Test
  void callsThatCameBeforeTheReceiverReachItInOrder() {
    CountDownLatch late = new CountDownLatch(1);
    try (TestServer test =
        startLate(late, socket -> socket.receiver("tell").consume(data -> seen.add("" + data)))) {
      RawClient client = test.openAt(OLD);
      client.invoke("tell", 1);
      client.transmit("tell", 2);
      client.invoke("tell", 3);
      late.countDown();
      AGServerSocket socket = test.socketOf(client);
      await().until(() -> socket.getReceiverConsumerStatsList("tell").size() == 1);
      client.invoke("tell", 4);

      await().untilAsserted(() -> assertThat(seen).containsExactly("1", "2", "3", "4"));
      assertThat(List.of(client.next(), client.next(), client.next()))
          .containsExactlyInAnyOrder("{\"rid\":2}", "{\"rid\":3}", "{\"rid\":4}");
    }
  }

  @Test
  void callsThatCameBeforeTheProcedureReachIt() {
    CountDownLatch late = new CountDownLatch(1);
    try (TestServer test =
        startLate(
            late,
            socket -> {
              socket.procedure("ask").consume(request -> request.end("answer"));
              socket.receiver("tell").consume(data -> seen.add("" + data));
            })) {
      RawClient client = test.openAt(OLD);
      client.invoke("ask", 1);
      client.invoke("tell", 2);
      late.countDown();

      assertThat(List.of(client.next(), client.next()))
          .containsExactlyInAnyOrder("{\"rid\":2,\"data\":\"answer\"}", "{\"rid\":3}");
      await().untilAsserted(() -> assertThat(seen).containsExactly("2"));
    }
  }

  @Test
  void aSlowProcedureKeepsItsEarlyCallsPastTheTimeInWhichTheyAreKept() {
    CountDownLatch first = new CountDownLatch(1);
    try (TestServer test =
        startWith(
            socket ->
                socket
                    .procedure("ask")
                    .consume(
                        request -> {
                          first.await();
                          request.end(request.data());
                        }))) {
      RawClient old = test.openAt(OLD);
      old.invoke("ask", 1);
      old.invoke("ask", 2);
      await().until(() -> test.socketOf(old).getProcedureBackpressure("ask") == 1);
      await()
          .pollDelay(Duration.ofMillis(1800))
          .until(() -> test.socketOf(old).getProcedureBackpressure("ask") == 1);
      first.countDown();

      assertThat(old.next()).isEqualTo("{\"rid\":2,\"data\":1}");
      assertThat(old.next()).isEqualTo("{\"rid\":3,\"data\":2}");
    }
  }

  @Test
  void aCallForNobodyIsAnsweredEmptyInTheEnd() {
    try (TestServer test = startWith(socket -> {})) {
      RawClient client = test.openAt(OLD);

      assertThat(client.call("nobody", 1)).hasToString("{\"rid\":2}"); // kept for a second
      assertThat(client.call("nobody", 1)).hasToString("{\"rid\":3}");
    }
  }
}
