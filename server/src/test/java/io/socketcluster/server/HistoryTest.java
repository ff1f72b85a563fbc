// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client subscribes with its position, and is sent what it has missed before the answer. */
class HistoryTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static TestServer start(ChannelPolicy policy) {
    return TestServer.start(
        options -> options, server -> server.channels().policy("room/*", policy));
  }

  private static TestServer start() {
    return start(ChannelPolicy.history(100, MINUTE));
  }

  private static Map<String, Object> recover(String channel, Map<String, Object> position) {
    Map<String, Object> data = new HashMap<>(position);
    data.put("recover", true);
    return Map.of("channel", channel, "data", data);
  }

  /** A subscribed client, and what it was sent before the answer. */
  private record Reader(RawClient client, Queue<JsonNode> early) implements AutoCloseable {
    /** Returns what the application of the client is given next. */
    JsonNode next() {
      JsonNode packet = early.isEmpty() ? client.nextJson() : early.remove();
      assertThat(packet.path("event").stringValue("")).isEqualTo("#publish");
      return packet.path("data").path("data");
    }

    String nextText() {
      return next().path("data").stringValue("");
    }

    int nextNumber() {
      return next().path("data").intValue(-1);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static Reader subscribe(TestServer test, String channel, Map<String, Object> position) {
    RawClient client = test.open();
    Queue<JsonNode> early = new ArrayDeque<>();
    client.invoke("#subscribe", recover(channel, position));
    JsonNode packet = client.nextJson();
    while (!packet.has("rid")) {
      early.add(packet);
      packet = client.nextJson();
    }
    assertThat(packet.has("error")).as("%s", packet).isFalse();
    return new Reader(client, early);
  }

  private static void publish(RawClient client, String channel, Object data) {
    JsonNode answer = client.call("#publish", Map.of("channel", channel, "data", data));
    assertThat(answer.has("error")).as("%s", answer).isFalse();
  }

  private static Map<String, Object> positionOf(JsonNode message) {
    return Map.of(
        "epoch", message.path("epoch").stringValue(), "offset", message.path("offset").longValue());
  }

  @Test
  void whatWasMissedComesBeforeTheAnswerAndOnce() {
    try (TestServer test = start()) {
      RawClient writer = test.open();
      Reader reader = subscribe(test, "room/1", Map.of());
      JsonNode begin = reader.next();
      assertThat(begin.path("start").booleanValue(false)).isTrue();
      publish(writer, "room/1", "a");
      JsonNode first = reader.next();
      assertThat(first.path("data").stringValue("")).isEqualTo("a");
      assertThat(first.path("offset").longValue()).isEqualTo(begin.path("offset").longValue() + 1);
      reader.close();

      publish(writer, "room/1", "b");
      publish(writer, "room/1", "c");
      Reader again = subscribe(test, "room/1", positionOf(first));
      assertThat(again.early()).hasSize(2);
      assertThat(again.nextText()).isEqualTo("b");
      assertThat(again.nextText()).isEqualTo("c");
      publish(writer, "room/1", "d");
      assertThat(again.nextText()).isEqualTo("d");
    }
  }

  @Test
  void aFirstPositionIsToldAndHoldsWithoutAnyMessage() {
    try (TestServer test = start()) {
      RawClient writer = test.open();
      publish(writer, "room/1", "before");
      Reader reader = subscribe(test, "room/1", Map.of());
      JsonNode begin = reader.next();
      reader.close();
      publish(writer, "room/1", "missed");
      assertThat(subscribe(test, "room/1", positionOf(begin)).nextText()).isEqualTo("missed");
    }
  }

  @Test
  void whoComesNewMayAskForTheLastMessages() {
    try (TestServer test = start()) {
      RawClient writer = test.open();
      for (int i = 1; i <= 5; i++) {
        publish(writer, "room/1", i);
      }
      Reader reader = subscribe(test, "room/1", Map.of("last", 2));
      assertThat(reader.early()).hasSize(3);
      assertThat(reader.next().path("start").booleanValue(false)).isTrue();
      assertThat(reader.nextNumber()).isEqualTo(4);
      assertThat(reader.nextNumber()).isEqualTo(5);
    }
  }

  @Test
  void aPositionThatIsTooOldIsAnnouncedAsAGap() {
    try (TestServer test = start(ChannelPolicy.history(2, MINUTE))) {
      RawClient writer = test.open();
      Reader reader = subscribe(test, "room/1", Map.of());
      JsonNode begin = reader.next();
      for (int i = 1; i <= 5; i++) {
        publish(writer, "room/1", i);
      }
      Reader again = subscribe(test, "room/1", positionOf(begin));
      JsonNode gap = again.next();
      assertThat(gap.path("gap").stringValue("")).isEqualTo("trimmed");
      assertThat(again.nextNumber()).isEqualTo(4);
      assertThat(again.nextNumber()).isEqualTo(5);
      assertThat(subscribe(test, "room/1", positionOf(gap)).nextNumber()).isEqualTo(4);
    }
  }

  @Test
  void aPositionOfAnotherHistoryIsAnnouncedAsAGap() {
    try (TestServer test = start()) {
      publish(test.open(), "room/1", 1);
      Reader other = subscribe(test, "room/1", Map.of("epoch", "another", "offset", 7));
      assertThat(other.next().path("gap").stringValue("")).isEqualTo("epoch");
      assertThat(other.nextNumber()).isEqualTo(1);

      String epoch = subscribe(test, "room/1", Map.of()).next().path("epoch").stringValue("");
      Reader ahead = subscribe(test, "room/1", Map.of("epoch", epoch, "offset", 1_000));
      assertThat(ahead.next().path("gap").stringValue("")).isEqualTo("epoch");
    }
  }

  @Test
  void subscribersThatAskNothingReceiveWhatTheyAlwaysDid() {
    try (TestServer test = start()) {
      RawClient plain = test.open();
      plain.call("#subscribe", Map.of("channel", "room/1"));
      Reader reader = subscribe(test, "room/1", Map.of());
      reader.next();
      publish(test.open(), "room/1", "a");
      assertThat(plain.nextJson().path("data").path("data").stringValue("")).isEqualTo("a");
      assertThat(reader.nextText()).isEqualTo("a");
    }
  }

  @Test
  void subscribersThatAskNothingMissWhatIsPublishedMeanwhileAndReceiveTheRestOnce() {
    try (TestServer test = start()) {
      RawClient writer = test.open();
      RawClient plain = test.open();
      plain.call("#subscribe", Map.of("channel", "room/1"));
      publish(writer, "room/1", "a");
      assertThat(plain.nextJson().path("data").path("data").stringValue("")).isEqualTo("a");
      plain.close();
      publish(writer, "room/1", "b");

      RawClient again = test.open();
      again.call("#subscribe", Map.of("channel", "room/1")); // nothing comes before the answer
      publish(writer, "room/1", "c");
      publish(writer, "room/1", "d");
      assertThat(again.nextJson().path("data").path("data").stringValue("")).isEqualTo("c");
      assertThat(again.nextJson().path("data").path("data").stringValue("")).isEqualTo("d");
    }
  }

  @Test
  void aChannelWithoutAPolicyHasNoHistory() {
    try (TestServer test = start();
        TestServer without = TestServer.start()) {
      JsonNode refused = test.open().call("#subscribe", recover("news", Map.of()));
      assertThat(refused.path("error").path("message").stringValue("")).contains("no history");
      JsonNode ignored = without.open().call("#subscribe", recover("news", Map.of()));
      assertThat(ignored.has("error")).isFalse();
    }
  }

  @Test
  void theExchangePublishesIntoTheHistory() {
    try (TestServer test = start()) {
      test.server().exchange().invokePublish("room/1", "a").join();
      Reader reader = subscribe(test, "room/1", Map.of("last", 10));
      reader.next();
      assertThat(reader.nextText()).isEqualTo("a");
    }
  }

  @Test
  void aLongHistoryIsSentAsFastAsTheClientReads() {
    ChannelPolicy policy =
        ChannelPolicy.builder().historySize(5_000).historyBytes(16 << 20).build();
    try (TestServer test =
        TestServer.start(
            options -> options.outboundBufferLimit(400_000),
            server -> server.channels().policy("room/*", policy))) {
      String kilobytes = "x".repeat(4_000);
      for (int i = 1; i <= 2_000; i++) {
        test.server().exchange().transmitPublish("room/1", i + kilobytes);
      }
      Reader reader = subscribe(test, "room/1", Map.of("last", 2_000));
      reader.next();
      for (int i = 1; i <= 2_000; i++) {
        assertThat(reader.nextText()).startsWith(i + "x");
      }
    }
  }

  @Test
  void theMiddlewareSeesTheDataAndMayReplaceIt() {
    try (TestServer test = start()) {
      test.server()
          .setMiddleware(
              AGServer.MIDDLEWARE_OUTBOUND,
              AGMiddleware.each(
                  action -> {
                    switch (action.data().stringValue("")) {
                      case "secret" -> action.block();
                      case "name" -> action.allow("replaced");
                      default -> action.allow();
                    }
                  }));
      for (String each : new String[] {"a", "secret", "name"}) {
        test.server().exchange().invokePublish("room/1", each).join();
      }
      Reader reader = subscribe(test, "room/1", Map.of("last", 10));
      reader.next();
      assertThat(reader.nextText()).isEqualTo("a");
      JsonNode third = reader.next();
      assertThat(third.path("data").stringValue("")).isEqualTo("replaced");
      assertThat(third.path("offset").longValue()).isEqualTo(3);
    }
  }
}
