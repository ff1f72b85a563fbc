// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.stream.StreamHandler;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;

class RawMiddlewareTest {
  private static final int BINARY = 2;

  private final Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  private TestServer start(StreamHandler<AGAction> step) {
    return TestServer.start(
        options -> options.pingInterval(Duration.ofMillis(250)).pingTimeout(Duration.ofSeconds(2)),
        server -> {
          server.setMiddleware(AGServer.MIDDLEWARE_INBOUND_RAW, AGMiddleware.each(step));
          server.listener(AGServer.WARNING).consume(e -> seen.add("" + e.warning()));
          server.onConnection(socket -> serve(socket));
        });
  }

  private static void serve(AGServerSocket socket) {
    socket.procedure("echo").consume(request -> request.end(request.data()));
  }

  private static String text(AGAction action) {
    return String.valueOf(action.data(String.class));
  }

  /** Keeps what contains {@code part}, allows everything else. */
  private StreamHandler<AGAction> keeping(String part) {
    return action -> {
      if (text(action).contains(part)) {
        undecided.add(action);
      } else {
        action.allow();
      }
    };
  }

  @Test
  void theMessageIsShownAsItCameHandshakeAndPongIncluded() {
    try (TestServer test =
        start(
            action -> {
              seen.add(action.type().value() + " " + action.socket().id().length() + text(action));
              action.allow();
            })) {
      RawClient client = test.open();
      client.send("no packet");
      await().until(() -> client.pings() > 0 && seen.contains("message 20"));

      assertThat(seen)
          .contains(
              "message 20{\"event\":\"#handshake\",\"data\":{\"authToken\":null},\"cid\":1}",
              "message 20no packet");
    }
  }

  @Test
  void theAnswerToTheProbeForTheVersionIsShownToNobody() {
    StreamHandler<AGAction> showing =
        action -> {
          seen.add("raw " + text(action));
          action.allow();
        };
    try (TestServer test =
        TestServer.start(
            options -> options,
            server -> {
              server.setMiddleware(AGServer.MIDDLEWARE_INBOUND_RAW, AGMiddleware.each(showing));
              server.onConnection(
                  socket ->
                      socket
                          .listener(AGServerSocket.MESSAGE)
                          .consume(event -> seen.add("message " + event.message())));
            })) {
      RawClient client = test.open();
      await().until(() -> client.pings() > 0); // it has answered
      client.send("first");
      await().until(() -> seen.contains("message first"));

      assertThat(seen).endsWith("raw first", "message first").doesNotContain("raw ", "message ");
    }
  }

  @Test
  void aBinaryMessageIsShownAsItsBytes() {
    try (TestServer test =
        start(
            action -> {
              if (action.data() instanceof BinaryNode bytes) {
                seen.add("binary " + new String(bytes.binaryValue(), UTF_8));
                seen.add("bytes " + new String(action.data(byte[].class), UTF_8));
              }
              action.allow();
            })) {
      RawClient client = test.open();
      client.sendFrame(BINARY, "{\"event\":\"echo\",\"cid\":9,\"data\":1}".getBytes(UTF_8));

      assertThat(client.nextJson()).hasToString("{\"rid\":9,\"data\":1}");
      assertThat(seen)
          .contains(
              "binary {\"event\":\"echo\",\"cid\":9,\"data\":1}",
              "bytes {\"event\":\"echo\",\"cid\":9,\"data\":1}");
    }
  }

  @Test
  void aMessageIsReplacedByTextByBytesOrByWhatBecomesJson() {
    try (TestServer test =
        start(
            action -> {
              switch (text(action)) {
                case "text" -> action.allow("{\"event\":\"echo\",\"cid\":5,\"data\":\"text\"}");
                case "bytes" ->
                    action.allow("{\"event\":\"echo\",\"cid\":6,\"data\":\"b\"}".getBytes(UTF_8));
                case "json" -> action.allow(Map.of("event", "echo", "cid", 7));
                case "itself" -> action.allow(action.data());
                default -> action.allow();
              }
            })) {
      RawClient client = test.open();
      client.send("text");
      client.send("bytes");
      client.send("json");
      client.send("itself");

      assertThat(client.nextJson()).hasToString("{\"rid\":5,\"data\":\"text\"}");
      assertThat(client.nextJson()).hasToString("{\"rid\":6,\"data\":\"b\"}");
      assertThat(client.nextJson().path("rid").asInt()).isEqualTo(7);
      assertThat(client.call("echo", 1).path("data").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aBlockedMessageIsDroppedAndTheConnectionGoesOn() {
    try (TestServer test =
        start(
            action -> {
              if (text(action).contains("secret")) {
                action.block(new AGException("FilterError", "Not that"));
              } else {
                action.allow();
              }
            })) {
      RawClient client = test.open();
      client.invoke("echo", "secret");

      assertThat(client.call("echo", "fine").path("data").asString()).isEqualTo("fine");
      await().until(() -> seen.contains("FilterError: Not that"));
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void messagesWaitInTheirOrderAndOnlyThoseOfTheirOwnSocket() {
    try (TestServer test = start(keeping("slow"))) {
      List<RawClient> slow = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        RawClient client = test.open();
        client.invoke("echo", "slow");
        client.invoke("echo", "after");
        slow.add(client);
      }
      RawClient quick = test.open();
      await().until(() -> undecided.size() == 200);
      quick.call("echo", 1);
      assertThat(undecided).as("still undecided").allMatch(action -> action.outcome() == null);

      undecided.forEach(AGAction::allow);
      for (RawClient client : slow) {
        assertThat(client.nextJson().path("data").asString()).isEqualTo("slow");
        assertThat(client.nextJson().path("data").asString()).isEqualTo("after");
      }
    }
  }

  @Test
  void aHeartbeatIsHeardWhileMessagesWait() {
    try (TestServer test = start(keeping("slow"))) {
      RawClient client = test.open();
      client.invoke("echo", "slow");
      await().until(() -> client.pings() > 12);

      assertThat(client.isClosed()).isFalse();
      undecided.remove().allow();
      assertThat(client.nextJson().path("data").asString()).isEqualTo("slow");
    }
  }

  @Test
  void aMessageThatIsBadAfterTheMiddlewareClosesAsWithoutOne() {
    try (TestServer test = start(action -> action.allow(new byte[] {'{', (byte) 0xFF}))) {
      RawClient client = test.upgraded();
      client.send("anything");

      assertThat(client.awaitClose().code()).isEqualTo(1007);
    }
  }

  @Test
  void aHangUpDuringTheDecisionDropsTheMessage() {
    try (TestServer test = start(keeping("slow"))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      client.invoke("#subscribe", Map.of("channel", "slow"));
      await().until(() -> undecided.size() == 1);
      client.close();
      await().until(() -> socket.state() == SocketState.CLOSED);

      undecided.remove().allow();
      assertThat(test.open().call("echo", 1).path("data").asInt()).isEqualTo(1);
      assertThat(test.server().brokerEngine().isSubscribed("slow")).isFalse();
    }
  }

  @Test
  void theDataOfAMessageIsTextOrBytes() {
    Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            action -> {
              assertThat(action.data(JsonNode.class)).isEqualTo(action.data());
              assertThat(String.valueOf(action.payload())).isEqualTo(action.data().toString());
              refused.add(
                  assertThatThrownBy(() -> action.data(Integer.class))
                      .isInstanceOf(InvalidArgumentsError.class)
                      .actual());
              action.allow();
            })) {
      test.open();
      assertThat(refused).isNotEmpty();
    }
  }

  @Test
  void messagesAreShownAsTheyArriveWhateverThePacketsBeforeThemWaitFor() {
    try (TestServer test =
        start(
            action -> {
              seen.add(text(action));
              action.allow();
            })) {
      test.server().setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(undecided::add));
      RawClient client = test.open();
      client.invoke("echo", "held");
      for (int i = 0; i < 10; i++) {
        client.send("message " + i);
      }

      await().until(() -> seen.contains("message 9"));
      assertThat(seen).containsSubsequence("message 0", "message 5", "message 9");
      undecided.remove().allow();
      assertThat(client.nextJson().path("data").asString()).isEqualTo("held");
    }
  }

  @Test
  void whatItSeesOfTheBackpressureIncludesTheMessageThatItIsAskedAbout() {
    Queue<Integer> history = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            action -> {
              history.add(action.socket().getInboundBackpressure());
              action.allow();
            })) {
      test.server()
          .setMiddleware(
              AGServer.MIDDLEWARE_INBOUND,
              AGMiddleware.each(
                  action -> {
                    if (action.data().asInt() == 5) {
                      undecided.add(action);
                    } else {
                      action.allow();
                    }
                  }));
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      client.stopAnsweringPings();
      int before = history.size();
      for (int i = 0; i <= 12; i++) {
        client.transmit("foo", i);
        int shown = before + i + 1;
        await().until(() -> history.size() >= shown);
        int held = Math.max(0, i - 5);
        await().until(() -> socket.getInboundBackpressure() == held);
      }
      undecided.remove().allow();
      await().until(() -> socket.getInboundBackpressure() == 0);

      assertThat(history.stream().skip(before)).startsWith(1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7);
    }
  }

  @Test
  void whatWaitsForItPausesReadingAtTheBufferLimit() {
    CountDownLatch proceed = new CountDownLatch(1);
    try (TestServer test =
        TestServer.start(
            options -> options.inboundBufferLimit(4096).middlewareTimeout(Duration.ZERO),
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND_RAW,
                    AGMiddleware.each(
                        action -> {
                          if (text(action).contains("slow")) {
                            proceed.await();
                          }
                          action.allow();
                        })))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      serve(socket);
      socket.receiver("many").consume(data -> {});
      socket.receiver("slow").consume(data -> {});
      client.transmit("slow", 1);
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 80; i++) {
                  client.transmit("many", "x".repeat(100_000));
                }
              });
      await().until(() -> socket.getInboundBackpressure() > 1);
      assertThat(sent).isNotDone();

      proceed.countDown();
      await().until(sent::isDone);
      assertThat(client.call("echo", 1).path("data").asInt()).isEqualTo(1);
    }
  }
}
