// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What a client sends in one piece is read in one turn of the event loop, and delivered together.
 */
class PublishesTogetherTest {
  private static final String PUBLISH =
      "{\"event\":\"#publish\",\"data\":{\"channel\":\"%s\",\"data\":%d},\"cid\":%d}";

  private static byte[] inOnePiece(List<String> messages) {
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    messages.forEach(message -> piece.writeBytes(RawClient.frame(0x81, message.getBytes(UTF_8))));
    return piece.toByteArray();
  }

  private static RawClient subscriber(TestServer test, String... channels) {
    RawClient client = test.open();
    for (String channel : channels) {
      client.call("#subscribe", Map.of("channel", channel));
    }
    return client;
  }

  /** Returns what came: a publish as its channel and data, an answer as its rid. */
  private static List<String> receive(RawClient client, int count) {
    List<String> received = new ArrayList<>();
    while (received.size() < count) {
      JsonNode message = client.nextJson();
      JsonNode data = message.path("data");
      received.add(
          message.has("rid")
              ? "answer " + message.path("rid").asInt()
              : data.path("channel").asString() + " " + data.path("data").asInt());
    }
    return received;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void allMembersHaveThemInOrderAndThePublisherBeforeItsAnswers(int eventLoops) {
    int count = 100;
    try (TestServer test = TestServer.start(options -> options.eventLoops(eventLoops))) {
      RawClient publisher = subscriber(test, "a", "b");
      List<RawClient> others =
          IntStream.range(0, 4).mapToObj(each -> subscriber(test, "a", "b")).toList();

      publisher.write(
          inOnePiece(
              IntStream.range(0, count)
                  .mapToObj(i -> PUBLISH.formatted(i % 10 < 7 ? "a" : "b", i, 1000 + i))
                  .toList()));

      List<String> expected =
          IntStream.range(0, count).mapToObj(i -> (i % 10 < 7 ? "a " : "b ") + i).toList();
      others.forEach(other -> assertThat(receive(other, count)).isEqualTo(expected));
      List<String> ofPublisher = receive(publisher, 2 * count);
      assertThat(ofPublisher.stream().filter(each -> !each.startsWith("answer")))
          .containsExactlyElementsOf(expected);
      assertThat(ofPublisher.stream().filter(each -> each.startsWith("answer")))
          .containsExactlyElementsOf(
              IntStream.range(0, count).mapToObj(i -> "answer " + (1000 + i)).toList());
      for (int i = 0; i < count; i++) {
        assertThat(ofPublisher.indexOf(expected.get(i)))
            .isLessThan(ofPublisher.indexOf("answer " + (1000 + i)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whoUnsubscribesBehindAPublishHasIt(int eventLoops) {
    try (TestServer test = TestServer.start(options -> options.eventLoops(eventLoops))) {
      RawClient client = subscriber(test, "a");

      client.write(
          inOnePiece(
              List.of(
                  PUBLISH.formatted("a", 1, 101),
                  "{\"event\":\"#unsubscribe\",\"data\":\"a\",\"cid\":102}",
                  PUBLISH.formatted("a", 2, 103))));

      assertThat(receive(client, 4))
          .containsExactly("a 1", "answer 101", "answer 102", "answer 103");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whoSubscribesBehindAPublishDoesNotHaveIt(int eventLoops) {
    try (TestServer test = TestServer.start(options -> options.eventLoops(eventLoops))) {
      RawClient other = subscriber(test, "a"); // or else nobody would be delivered to
      RawClient client = test.open();

      client.write(
          inOnePiece(
              List.of(
                  PUBLISH.formatted("a", 1, 101),
                  "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"a\"},\"cid\":102}",
                  PUBLISH.formatted("a", 2, 103))));

      assertThat(receive(client, 4))
          .containsExactly("answer 101", "answer 102", "a 2", "answer 103");
      assertThat(receive(other, 2)).containsExactly("a 1", "a 2");
    }
  }
}
