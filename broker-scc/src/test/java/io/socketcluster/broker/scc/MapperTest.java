// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.scc.mapping.ChannelMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Against values that the mappers of scc-broker-client have made: src/test/js/mapping-vectors.cjs.
 */
class MapperTest {
  private static final Map<String, List<String>> BROKERS =
      Map.of(
          "two", List.of("ws://127.0.0.1:8888", "ws://127.0.0.1:8889"),
          "three", List.of("ws://127.0.0.1:8890", "ws://127.0.0.1:8888", "ws://127.0.0.1:8889"),
          "ten",
              List.of(
                  "ws://10.0.0.1:8888",
                  "ws://10.0.0.2:8888",
                  "ws://10.0.0.3:8888",
                  "ws://10.0.0.10:8888"),
          "seventeen", numbered(17, "ws://10.0.1.%d:8888"),
          "thirtyTwo", numbered(32, "ws://10.0.1.%d:8888"),
          "fifty", numbered(50, "wss://broker-%d.example.com:443"),
          "hundred", numbered(100, "ws://10.0.2.%d:8888"));

  private static List<String> numbered(int count, String form) {
    return IntStream.range(0, count).mapToObj(form::formatted).toList();
  }

  record Vector(String brokers, String channel, int rendezvous, int simple) {}

  static Stream<Vector> vectors() throws IOException {
    try (InputStream file = MapperTest.class.getResourceAsStream("mapping-vectors.tsv")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      return text.lines().map(line -> line.split("\t", -1)).map(MapperTest::vector);
    }
  }

  private static Vector vector(String[] columns) {
    String channel = JsonMapper.shared().readValue(columns[1], String.class);
    return new Vector(
        columns[0], channel, Integer.parseInt(columns[2]), Integer.parseInt(columns[3]));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyChannelHasTheBrokerThatNodeWorkersChoose(Vector vector) {
    List<String> brokers = brokers(vector.brokers());

    assertThat(brokerOf(SccMapping.SKELETON_RENDEZVOUS, brokers, vector.channel()))
        .isEqualTo(brokers.get(vector.rendezvous()));
    assertThat(brokerOf(SccMapping.SIMPLE, brokers, vector.channel()))
        .isEqualTo(brokers.get(vector.simple()));
  }

  private static List<String> brokers(String name) {
    return Objects.requireNonNull(BROKERS.get(name));
  }

  private static @Nullable String brokerOf(
      SccMapping mapping, List<String> brokers, String channel) {
    return mapping.mapper(brokers).brokerOf(channel);
  }

  @ParameterizedTest
  @EnumSource
  void withoutBrokersAChannelHasNone(SccMapping mapping) {
    assertThat(brokerOf(mapping, List.of(), "room")).isNull();
  }

  @Test
  void theOrderAndRepetitionOfBrokersDoNotMatterToTheRendezvous() {
    List<String> brokers = brokers("fifty");
    ChannelMapper mapper = SccMapping.SKELETON_RENDEZVOUS.mapper(brokers);
    List<String> twiceAndBackwards =
        Stream.concat(brokers.reversed().stream(), brokers.stream()).toList();
    ChannelMapper other = SccMapping.SKELETON_RENDEZVOUS.mapper(twiceAndBackwards);

    for (String channel : numbered(200, "channel %d")) {
      assertThat(other.brokerOf(channel)).isEqualTo(mapper.brokerOf(channel));
    }
  }
}
