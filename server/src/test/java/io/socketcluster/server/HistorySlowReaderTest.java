// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A subscriber with a position stops reading: it is disconnected, and misses nothing. */
class HistorySlowReaderTest {
  private static final String CHANNEL = "room/1";
  private static final int MESSAGES = 3_000; // 12 MB: more than the system buffers
  private static final int LIMIT = 100_000;
  private static final String FILLING = "x".repeat(4_000);

  private static TestServer start(SlowConsumerPolicy policy) {
    ChannelPolicy history =
        ChannelPolicy.builder()
            .historySize(2 * MESSAGES)
            .historyBytes(64 << 20)
            .totalHistoryBytes(64 << 20)
            .build();
    return TestServer.start(
        options -> options.outboundBufferLimit(LIMIT).slowConsumerPolicy(policy),
        server -> server.channels().policy("room/*", history));
  }

  private static String subscription(Map<String, Object> position) {
    Map<String, Object> data = Map.of("channel", CHANNEL, "data", position);
    return Payload.of(Map.of("event", "#subscribe", "data", data, "cid", 2)).toString();
  }

  /** Returns what a frame publishes, or null if it is something else. */
  private static @Nullable JsonNode published(byte[] frame) {
    JsonNode packet = Payload.ofJson(frame, 0, frame.length).node();
    boolean isPublish = packet.path("event").stringValue("").equals("#publish");
    return isPublish ? packet.path("data").path("data") : null;
  }

  /** Reads what is left, checks that nothing is missing in between, and returns the last one. */
  private static JsonNode readToTheEnd(SlowClient slow) {
    JsonNode last = null;
    try {
      while (true) {
        byte[] frame = slow.readFrame();
        JsonNode message = frame.length == 2 ? null : published(frame);
        if (message != null) {
          assertThat(message.has("gap")).as("%s", message).isFalse();
          assertThat(last == null || offset(message) == offset(last) + 1).isTrue();
          last = message;
        }
      }
    } catch (IOException end) {
      return last == null ? Payload.of(Map.of()).node() : last;
    }
  }

  private static long offset(JsonNode message) {
    return message.path("offset").longValue();
  }

  @ParameterizedTest
  @EnumSource
  void isDisconnectedWhateverThePolicyAndRecovers(SlowConsumerPolicy policy) {
    try (TestServer test = start(policy);
        SlowClient slow = SlowClient.connect(test)) {
      slow.send(subscription(Map.of("recover", true)));
      await().until(() -> slow.socketIn(test).isSubscribed(CHANNEL));
      for (int i = 1; i <= MESSAGES; i++) {
        test.server().exchange().transmitPublish(CHANNEL, i + FILLING);
      }

      await().until(() -> !test.server().clients().containsKey(slow.id()));
      JsonNode last = readToTheEnd(slow);
      RawClient again = test.open();
      again.send(
          subscription(
              Map.of("recover", true, "epoch", last.path("epoch"), "offset", offset(last))));

      int from = numberOf(last) + 1;
      assertThat(from).isLessThan(MESSAGES);
      for (int i = from; i <= MESSAGES; i++) {
        JsonNode message = nextPublished(again);
        assertThat(numberOf(message)).isEqualTo(i);
      }
    }
  }

  private static JsonNode nextPublished(RawClient client) {
    JsonNode message = null;
    while (message == null) {
      message = published(client.next().getBytes(UTF_8));
    }
    return message;
  }

  /** Returns the number that a message begins with, 0 for the start of the subscription. */
  private static int numberOf(JsonNode message) {
    String text = message.path("data").stringValue("0" + FILLING);
    return Integer.parseInt(text.substring(0, text.indexOf('x')));
  }
}
