// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A slow reader of prices is sent the newest of each symbol, and is not disconnected. */
class ConflationTest {
  private static final String CHANNEL = "prices/all";
  private static final int SYMBOLS = 10;
  private static final int ROUNDS = 300;
  private static final int LIMIT = 100_000;
  private static final String FILLING = "x".repeat(4_000); // 12 MB: more than the system buffers

  private static TestServer start() {
    ChannelPolicy policy = ChannelPolicy.builder().historySize(0).conflationKey("symbol").build();
    return TestServer.start(
        options -> options.outboundBufferLimit(LIMIT).pingTimeoutDisabled(true),
        server -> server.channels().policy("prices/*", policy));
  }

  private static Map<String, Object> price(int symbol, int round) {
    return Map.of("symbol", symbol, "round", round, "filling", FILLING);
  }

  /** Reads until the last round of each symbol has come; returns the rounds of each. */
  private static Map<Integer, List<Integer>> read(SlowClient client) throws IOException {
    Map<Integer, List<Integer>> rounds = new HashMap<>();
    int last = 0;
    while (last < SYMBOLS) {
      byte[] frame = client.readFrame();
      assertThat(frame.length).as("disconnected").isNotEqualTo(2);
      JsonNode data = Payload.ofJson(frame, 0, frame.length).node().path("data").path("data");
      int round = data.path("round").intValue();
      rounds.computeIfAbsent(data.path("symbol").intValue(), s -> new ArrayList<>()).add(round);
      last += round == ROUNDS ? 1 : 0;
    }
    return rounds;
  }

  @Test
  void theNewestOfEachSymbolWaits() throws IOException {
    try (TestServer test = start();
        SlowClient slow = SlowClient.connect(test)) {
      slow.subscribe(CHANNEL);
      AGServerSocket socket = slow.socketIn(test);
      RawClient fast = test.open();
      assertThat(fast.call("#subscribe", Map.of("channel", CHANNEL)).has("error")).isFalse();

      for (int round = 1; round <= ROUNDS; round++) {
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
          test.server().exchange().transmitPublish(CHANNEL, price(symbol, round));
        }
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
          JsonNode data = fast.nextJson().path("data").path("data");
          assertThat(data.path("symbol").intValue()).isEqualTo(symbol);
          assertThat(data.path("round").intValue()).isEqualTo(round);
        }
      }

      assertThat(socket.getOutboundBufferedBytes()).isLessThan(LIMIT + 256 * 1024);
      Map<Integer, List<Integer>> rounds = read(slow);
      assertThat(rounds).hasSize(SYMBOLS);
      assertThat(rounds.values()).allSatisfy(each -> assertThat(each).isSorted());
      int received = rounds.values().stream().mapToInt(List::size).sum();
      assertThat(received).isLessThan(SYMBOLS * ROUNDS);
      await().until(() -> socket.getOutboundBufferedBytes() == 0);
    }
  }

  @Test
  void aPolicyWithoutAHistoryHasNothingToRecoverFrom() {
    try (TestServer test = start()) {
      JsonNode refused =
          test.open()
              .call("#subscribe", Map.of("channel", CHANNEL, "data", Map.of("recover", true)));
      assertThat(refused.path("error").path("message").stringValue("")).contains("no history");
      test.server().exchange().invokePublish(CHANNEL, "a").join();
      assertThat(test.server().channels().historyBytes()).isZero();
    }
  }
}
