// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.deltas.DeltaValues;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.channels.ChannelPolicy.SlowConsumers;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * A client that reads by fits and starts has the value that was published behind every message that
 * it is sent, whatever was dropped or conflated before it.
 */
class DeltaSlowReaderTest {
  private static final String CHANNEL = "book/all";
  private static final int KEYS = 5;
  private static final int ROUNDS = 300;
  private static final int FAST_ROUNDS = 10;
  private static final int LIMIT = 100_000;
  private static final String FILLING = "x".repeat(12_000); // 9 MB: more than the system buffers

  private final Map<Integer, Map<Integer, JsonNode>> published = new HashMap<>();
  private final DeltaValues values = new DeltaValues();
  private int wholes;
  private int differences;

  private static TestServer start(SlowConsumers slow, boolean isKeyed) {
    ChannelPolicy.Builder policy =
        ChannelPolicy.builder().historySize(0).deltas(true).slowConsumerPolicy(slow);
    if (isKeyed) {
      policy.conflationKey("key");
    }
    return TestServer.start(
        options -> options.outboundBufferLimit(LIMIT).pingTimeoutDisabled(true),
        server -> server.channels().policy("book/*", policy.build()));
  }

  /**
   * Publishes the next value of each key.
   *
   * @param newEach of so many values one has little in common with that before it
   */
  private void publish(TestServer test, Random random, int round, int newEach) {
    for (int key = 0; key < KEYS; key++) {
      Map<String, Object> value = new HashMap<>();
      value.put("key", key);
      value.put("round", round);
      value.put("price", random.nextInt(1_000));
      value.put("filling", random.nextInt(newEach) == 0 ? round + FILLING : FILLING);
      published.computeIfAbsent(key, k -> new HashMap<>()).put(round, Payload.of(value).node());
      test.server().exchange().invokePublish(CHANNEL, value).join();
    }
  }

  /** Reads one message, checks its value, and returns the value. */
  private JsonNode read(SlowClient client) throws IOException {
    byte[] frame = client.readFrame();
    assertThat(frame.length).as("disconnected").isNotEqualTo(2);
    JsonNode message =
        Payload.ofJson(frame, 0, frame.length).node().path("data").path("data").deepCopy();
    differences += message.has("patch") ? 1 : 0;
    wholes += message.has("patch") ? 0 : 1;
    JsonNode value = Objects.requireNonNull(values.restore(Payload.of(message), true)).node();
    Map<Integer, JsonNode> ofKey =
        Objects.requireNonNull(published.get(value.path("key").intValue()));
    assertThat(value).isEqualTo(ofKey.get(value.path("round").intValue()));
    return value;
  }

  private void readRound(SlowClient client, int round) throws IOException {
    int last = 0;
    while (last < KEYS) {
      last += read(client).path("round").intValue() == round ? 1 : 0;
    }
  }

  private int readAsPublished(TestServer test, SlowClient client, Random random, int from)
      throws IOException {
    for (int round = from + 1; round <= from + FAST_ROUNDS; round++) {
      publish(test, random, round, 20);
      readRound(client, round);
    }
    return from + FAST_ROUNDS;
  }

  @ParameterizedTest
  @CsvSource({"DROP_OLDEST, false", "DROP_NEWEST, false", "DISCONNECT, true"})
  void everyValueIsTheOneThatWasPublished(SlowConsumers slow, boolean isKeyed) throws IOException {
    Random random = new Random(17);
    try (TestServer test = start(slow, isKeyed);
        SlowClient client = SlowClient.connect(test)) {
      client.send(subscription());
      client.readFrame();
      AGServerSocket socket = client.socketIn(test);
      int round = readAsPublished(test, client, random, 0);
      for (int end = round + ROUNDS; round < end; ) {
        publish(test, random, ++round, 2);
      }
      await().until(() -> socket.getOutboundBufferedBytes() > LIMIT / 4);
      while (socket.getOutboundBufferedBytes() > 0) {
        read(client);
      }
      round = readAsPublished(test, client, random, round);
      assertThat(differences).isGreaterThan(KEYS * 10);
      assertThat(wholes).isGreaterThan(KEYS);
      assertThat(differences + wholes).as("something was dropped").isLessThan(round * KEYS);
    }
  }

  private static String subscription() {
    Map<String, Object> data = Map.of("channel", CHANNEL, "data", Map.of("delta", "json-patch"));
    return Payload.of(Map.of("event", "#subscribe", "data", data, "cid", 2)).toString();
  }
}
