// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.deltas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.Payload;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The comparison of a channel's values: the memory that it keeps, and the changes that it finds.
 */
class ChannelDeltasTest {
  private final DeltaMemory memory = new DeltaMemory(1 << 20);
  private final ChannelDeltas deltas = new ChannelDeltas("book", null, memory);

  private static Payload json(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length);
  }

  private Delta next(Payload value) {
    return deltas.next(value, UnaryOperator.identity());
  }

  private static long bytesOf(Payload value) {
    Footprint footprint = new Footprint();
    footprint.add(value);
    return footprint.bytes();
  }

  /** A history keeps the payload and has counted its bytes: a tree takes many times as much. */
  @Test
  void aPayloadThatIsComparedKeepsNoTree() {
    Payload value = json("{\"levels\":[" + "1.5,".repeat(1_000) + "2]}");
    long before = bytesOf(value);
    next(value);
    assertThat(bytesOf(value)).isEqualTo(before);
  }

  @Test
  void decimalsThatAreTheSameDoubleAreDifferent() {
    String text = "\"text\":\"" + "x".repeat(200) + "\"";
    next(json("{\"price\":0.12345678901234567891," + text + "}"));
    Delta second = next(json("{\"price\":0.12345678901234567999," + text + "}"));
    Payload difference = Objects.requireNonNull(second.difference(), "difference").data();
    assertThat(String.valueOf(difference)).contains("\"value\":0.12345678901234567999");
  }

  @Test
  void aChannelLeavesRoomForOthers() {
    ChannelDeltas keyed = new ChannelDeltas("books", "key", memory);
    for (int i = 0; i < 900; i++) {
      String value = "{\"key\":" + i + ",\"text\":\"" + "x".repeat(2_000) + "\"}";
      keyed.next(json(value), UnaryOperator.identity());
    }
    assertThat(memory.used()).isBetween(200_000L, 1L << 18);
  }

  @Test
  void aValueThatCannotFitTakesNoRoomFromOtherKeys() {
    DeltaMemory small = new DeltaMemory(65_536);
    ChannelDeltas keyed = new ChannelDeltas("books", "key", small);
    keyed.next(json("{\"key\":1}"), UnaryOperator.identity());
    long used = small.used();
    Payload large = json("{\"key\":2,\"list\":[" + "1.5,".repeat(2_000) + "2]}");
    keyed.next(large, UnaryOperator.identity());
    assertThat(small.used()).isPositive().isEqualTo(used);
  }
}
