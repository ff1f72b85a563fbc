// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two servers that one broker joins, each with a history of its own in memory. */
class HistoryOnServersTest {
  private static final String CHANNEL = "room/1";
  private static final int MESSAGES = 300;

  private final AGSimpleBroker broker = new AGSimpleBroker();
  private final TestServer first = start();
  private final TestServer second = start();

  private TestServer start() {
    return TestServer.start(
        options -> options.brokerEngine(broker),
        server ->
            server
                .channels()
                .policy("room/*", ChannelPolicy.history(2 * MESSAGES, Duration.ofMinutes(1))));
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    broker.close().join();
  }

  /** Subscribes with a position; what is told of it comes before the answer. */
  private static RawClient follow(TestServer server, Map<String, Object> position) {
    RawClient client = server.open();
    Map<String, Object> data = new HashMap<>(position);
    data.put("recover", true);
    client.invoke("#subscribe", Map.of("channel", CHANNEL, "data", data));
    return client;
  }

  private static JsonNode next(RawClient client) {
    JsonNode packet = client.nextJson();
    assertThat(packet.path("event").stringValue("")).as("%s", packet).isEqualTo("#publish");
    return packet.path("data").path("data");
  }

  private static void awaitAnswer(RawClient client) {
    JsonNode packet = client.nextJson();
    assertThat(packet.has("rid") && !packet.has("error")).as("%s", packet).isTrue();
  }

  private static RawClient begin(TestServer server) {
    RawClient client = follow(server, Map.of());
    assertThat(next(client).has("start")).isTrue();
    awaitAnswer(client);
    return client;
  }

  private static void publish(TestServer server, Object data) {
    server.server().exchange().invokePublish(CHANNEL, data).join();
  }

  private static Map<String, Object> positionOf(JsonNode message) {
    return Map.of(
        "epoch", message.path("epoch").stringValue(), "offset", message.path("offset").longValue());
  }

  private static List<String> take(RawClient client) {
    return IntStream.range(0, 2 * MESSAGES)
        .mapToObj(i -> next(client).path("data").stringValue(""))
        .toList();
  }

  @Test
  void subscribersOfAServerReceiveWhatBothPublishInOneOrderAndOnce() {
    List<RawClient> clients = List.of(begin(first), begin(first), begin(second), begin(second));
    CompletableFuture<Void> one = CompletableFuture.runAsync(() -> publishAll(first, "a"));
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> publishAll(second, "b"));
    CompletableFuture.allOf(one, other).join();

    List<List<String>> received = clients.stream().map(HistoryOnServersTest::take).toList();
    assertThat(received.get(1)).isEqualTo(received.get(0));
    assertThat(received.get(3)).isEqualTo(received.get(2));
    assertThat(received).allSatisfy(each -> assertThat(each).doesNotHaveDuplicates());
    for (String publisher : new String[] {"a", "b"}) {
      List<String> published = IntStream.range(0, MESSAGES).mapToObj(i -> publisher + i).toList();
      assertThat(received)
          .allSatisfy(
              each ->
                  assertThat(each.stream().filter(text -> text.startsWith(publisher)))
                      .containsExactlyElementsOf(published));
    }
  }

  private static void publishAll(TestServer server, String name) {
    IntStream.range(0, MESSAGES).forEach(i -> publish(server, name + i));
  }

  @Test
  void whoMovesToAnotherServerIsToldAndWhoReturnsToItsServerMissesNothing() {
    RawClient client = begin(first);
    begin(second);
    publish(first, "before");
    JsonNode before = next(client);
    client.close();
    publish(second, "meanwhile");

    RawClient moved = follow(second, positionOf(before));
    JsonNode gap = next(moved);
    assertThat(gap.path("gap").stringValue("")).isEqualTo("epoch");
    awaitAnswer(moved);
    publish(first, "after");
    assertThat(next(moved).path("data").stringValue("")).isEqualTo("after");

    RawClient returned = follow(first, positionOf(before));
    assertThat(next(returned).path("data").stringValue("")).isEqualTo("meanwhile");
    assertThat(next(returned).path("data").stringValue("")).isEqualTo("after");
    awaitAnswer(returned);
  }

  @Test
  void aMessageThatReachesTheOtherServerAfterTheMoveComesAgainBehindTheGap() {
    AGSimpleBroker late = new AGSimpleBroker(); // joined by a broker that takes its time
    try (TestServer other =
        TestServer.start(
            options -> options.brokerEngine(late),
            server ->
                server
                    .channels()
                    .policy("room/*", ChannelPolicy.history(10, Duration.ofMinutes(1))))) {
      RawClient client = begin(first);
      publish(first, "once");
      JsonNode received = next(client);

      RawClient moved = follow(other, positionOf(received));
      assertThat(next(moved).path("gap").stringValue("")).isEqualTo("epoch");
      awaitAnswer(moved);
      publish(other, "once");
      assertThat(next(moved).path("data")).isEqualTo(received.path("data"));
    }
    late.close().join();
  }
}
