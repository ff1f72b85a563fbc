// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a socket is sent, held back and sent as one message. */
class BatchingTest {
  private static List<String> eventsOf(JsonNode batch) {
    List<String> events = new ArrayList<>();
    assertThat(batch.isArray()).as("%s is a batch", batch).isTrue();
    batch.forEach(packet -> events.add(packet.path("event").asString("answer")));
    return events;
  }

  @Test
  void aBatchIsOneMessageInTheOrderOfTheCalls() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      client.call("#subscribe", Map.of("channel", "room"));
      AGServerSocket socket = test.socketOf(client);
      CompletableFuture<Boolean> answered = new CompletableFuture<>();
      socket
          .procedure("echo")
          .consume(
              request -> {
                request.end(request.data());
                answered.complete(true);
              });

      socket.startBatch();
      await().until(socket::isBufferingBatch);
      socket.transmit("first", 1);
      CompletableFuture<JsonNode> answer = socket.invoke("second", 2);
      test.server().exchange().invokePublish("room", "third").join();
      client.invoke("echo", "fourth");
      socket.send("raw");
      assertThat(client.next()).as("raw messages pass the batch").isEqualTo("raw");
      assertThat(answered.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
      socket.flushBatch();
      socket.transmit("after", 5);

      JsonNode batch = client.nextJson();
      assertThat(eventsOf(batch)).containsExactly("first", "second", "#publish", "answer");
      assertThat(batch.get(2))
          .hasToString(
              "{\"event\":\"#publish\",\"data\":{\"channel\":\"room\",\"data\":\"third\"}}");
      assertThat(client.nextJson().path("event").asString()).isEqualTo("after");
      client.send("{\"rid\":" + batch.get(1).path("cid") + ",\"data\":\"yes\"}");
      assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join().asString()).isEqualTo("yes");
      assertThat(socket.isBufferingBatch()).isFalse();
    }
  }

  @Test
  void aBatchOfOneIsABatchAndAnEmptyOneIsNotSent() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.startBatch();
      socket.flushBatch();
      socket.startBatch();
      socket.transmit("only", 1);
      socket.startBatch(); // keeps what has begun
      socket.flushBatch();

      assertThat(eventsOf(client.nextJson())).containsExactly("only");
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void whatIsCancelledIsNeverSentAndItsCallsRunOutOfTime() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.startBatch();
      socket.transmit("dropped", 1);
      CompletableFuture<JsonNode> answer = socket.invoke("dropped", 2, Duration.ofMillis(50));
      socket.cancelBatch();
      socket.transmit("sent", 3);

      assertThat(client.nextJson().path("event").asString()).isEqualTo("sent");
      assertThat(
              answer
                  .handle((data, failure) -> failure.toString())
                  .orTimeout(60, TimeUnit.SECONDS)
                  .join())
          .contains("TimeoutError");
    }
  }

  @Test
  void batchesFollowOneAfterTheOtherUntilTheyAreStopped() {
    try (TestServer test =
        TestServer.start(options -> options.batchInterval(Duration.ofMillis(30)))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.startBatching();
      await().until(socket::isBatching);
      for (int i = 0; i < 3; i++) {
        socket.transmit("one", i);
        socket.transmit("two", i);
        assertThat(eventsOf(client.nextJson())).containsExactly("one", "two");
      }
      socket.transmit("three", 1);
      socket.flushBatch();
      assertThat(eventsOf(client.nextJson())).containsExactly("three");
      assertThat(socket.isBufferingBatch()).isTrue();

      socket.transmit("four", 1);
      socket.stopBatching();
      socket.transmit("five", 1);
      assertThat(eventsOf(client.nextJson())).containsExactly("four");
      assertThat(client.nextJson().path("event").asString()).isEqualTo("five");
      assertThat(socket.isBatching()).isFalse();
      assertThat(socket.isBufferingBatch()).isFalse();
    }
  }

  @Test
  void cancelledBatchingDropsOneBatchAndSendsAtOnce() {
    try (TestServer test =
        TestServer.start(options -> options.batchInterval(Duration.ofHours(1)))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.startBatching();
      socket.transmit("dropped", 1);
      socket.cancelBatching();
      socket.transmit("sent", 1);

      assertThat(client.nextJson().path("event").asString()).isEqualTo("sent");
      assertThat(socket.isBatching()).isFalse();
    }
  }

  @Test
  void afterTheHandshakeMessagesAreBatchedForAWhile() {
    try (TestServer test =
        TestServer.start(
            options ->
                options
                    .batchOnHandshake(true)
                    .batchOnHandshakeDuration(Duration.ofMillis(500))
                    .batchInterval(Duration.ofMillis(100)))) {
      RawClient client = test.upgraded();
      assertThat(client.handshake(null).isObject()).as("the answer is no batch").isTrue();
      AGServerSocket socket = test.socketOf(client);
      client.send(
          "[{\"event\":\"#subscribe\",\"data\":{\"channel\":\"a\"},\"cid\":2},"
              + "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"b\"},\"cid\":3}]");

      assertThat(eventsOf(client.nextJson())).containsExactly("answer", "answer");
      assertThat(socket.isBatching()).isFalse();
      await().until(() -> !socket.isBufferingBatch());
      assertThat(client.call("#unsubscribe", "a").has("error")).isFalse();
    }
  }

  @Test
  void whoAsksForBatchingKeepsItWhenTheTimeAfterTheHandshakeIsOver() {
    try (TestServer test =
        TestServer.start(
            options ->
                options
                    .batchOnHandshake(true)
                    .batchOnHandshakeDuration(Duration.ofMillis(50))
                    .batchInterval(Duration.ofMillis(20)))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.startBatching();
      await()
          .pollDelay(Duration.ofMillis(150))
          .untilAsserted(() -> assertThat(socket.isBufferingBatch()).isTrue());
    }
  }

  @Test
  void aBatchIsBoundedInBytes() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.startBatch();
      for (int i = 0; i < 100; i++) {
        socket.transmit("n", "x".repeat(1000));
      }
      int received = client.nextJson().size();
      socket.flushBatch();

      assertThat(received).isBetween(55, 70);
      assertThat(client.nextJson().size()).isEqualTo(100 - received);
    }
  }

  @Test
  void closingASocketSendsItsBatchFirst() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.startBatching();
      socket.transmit("last", 1);
      socket.disconnect();

      assertThat(eventsOf(client.nextJson())).containsExactly("last");
      assertThat(client.awaitClose().code()).isEqualTo(1000);
    }
  }

  @Test
  void aSocketThatIsGoneTakesItsBatchWithIt() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.startBatch();
      CompletableFuture<JsonNode> answer = socket.invoke("never", 1);
      client.close();

      await().until(() -> socket.state() == SocketState.CLOSED);
      assertThat(socket.isBufferingBatch()).isFalse();
      socket.startBatch();
      assertThat(socket.isBufferingBatch()).isFalse();
      assertThat(
              answer
                  .handle((data, failure) -> String.valueOf(failure))
                  .orTimeout(60, TimeUnit.SECONDS)
                  .join())
          .contains("BadConnectionError");
    }
  }

  @Test
  void othersWhoShareAPublishAreNotHeldBack() {
    try (TestServer test = TestServer.start(options -> options.eventLoops(1))) {
      RawClient batching = test.open();
      RawClient other = test.open();
      for (RawClient client : List.of(batching, other)) {
        client.call("#subscribe", Map.of("channel", "room"));
      }
      AGServerSocket socket = test.socketOf(batching);
      socket.startBatch();
      await().until(socket::isBufferingBatch);
      for (int i = 0; i < 3; i++) {
        test.server().exchange().invokePublish("room", Payload.of(i)).join();
        assertThat(other.next()).contains("\"data\":" + i + "}");
      }
      assertThat(batching.waiting()).isZero();
      socket.flushBatch();

      assertThat(batching.nextJson())
          .extracting(packet -> packet.path("data").path("data").asInt())
          .containsExactly(0, 1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "{\"looks\":\"like json\"}", "\u00e9"})
  void whatIsSentRawArrivesAsItIs(String message) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.send(message);
      socket.send(message.getBytes(UTF_8));

      assertThat(client.next()).isEqualTo(message);
      assertThat(client.next()).isEqualTo(message);
    }
  }

  @Test
  void sendingRawToAClosedSocketIsItsError() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      List<String> errors = new ArrayList<>();
      socket.terminate();
      await().until(() -> socket.state() == SocketState.CLOSED);
      socket
          .listener(AGServerSocket.ERROR)
          .consume(event -> errors.add(event.error().getMessage()), Runnable::run);
      socket.send("never");

      await().until(() -> errors.contains("Socket send was aborted due to a bad connection"));
    }
  }
}
