// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FootprintTest {
  private static final int LENGTH = 10_000;

  private final Footprint footprint = new Footprint();

  private static List<Packet> decoded(String message) {
    return new JsonCodec().decode(message.getBytes(UTF_8));
  }

  private static Payload dataOf(Packet packet) {
    return Objects.requireNonNull(((EventPacket) packet).data());
  }

  @Test
  void aPayloadCountsAsTheWholeMessageThatItKeepsAlive() {
    String message = "{\"event\":\"" + "x".repeat(LENGTH) + "\",\"data\":1}";
    footprint.add(dataOf(decoded(message).getFirst()));
    assertThat(footprint.bytes()).isBetween((long) LENGTH, LENGTH + 200L);
  }

  @Test
  void aMessageCountsOnceForAllPacketsOfItsBatch() {
    String one = "{\"event\":\"a\",\"data\":1}";
    String message = "[" + (one + ",").repeat(LENGTH) + one + "]";
    decoded(message).forEach(packet -> footprint.add(dataOf(packet)));
    assertThat(footprint.bytes()).isBetween((long) message.length(), 4L * message.length());
  }

  @Test
  void aMessageCountsOnceAlsoWhenOthersAreSeenInBetween() {
    Payload first = Payload.of("x".repeat(LENGTH));
    Payload second = Payload.of("y".repeat(LENGTH));
    for (int i = 0; i < 5; i++) {
      footprint.add(first);
      footprint.add(second);
    }
    assertThat(footprint.bytes()).isBetween(2L * LENGTH, 2L * LENGTH + 500);
  }

  @Test
  void aTreeThatWasDecodedCountsWithAllItsNodes() {
    Payload payload = Payload.of(List.of(List.of(), List.of(), List.of()));
    footprint.add(payload);
    long encoded = footprint.bytes();
    payload.node();
    footprint.add(payload);
    assertThat(footprint.bytes()).isGreaterThan(2 * encoded + 300);
  }

  @Test
  void aCompactPayloadKeepsNothingOfItsMessage() {
    String message = "{\"event\":\"" + "x".repeat(LENGTH) + "\",\"data\":[1]}";
    Payload compact = dataOf(decoded(message).getFirst()).compact();
    footprint.add(compact);
    assertThat(footprint.bytes()).isLessThan(200);
    assertThat(compact).hasToString("[1]");
    assertThat(compact.compact()).isSameAs(compact);
  }
}
