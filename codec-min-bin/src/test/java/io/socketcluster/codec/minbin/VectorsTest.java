// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the npm package writes, {@code src/test/vectors} makes it, is what this codec writes. */
class VectorsTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private static List<Vector> vectors = List.of();

  private final CodecEngine json = new JsonCodec();
  private final CodecEngine codec = new MinBinCodec();

  private record Vector(JsonNode packet, String hex, JsonNode decoded) {
    static Vector of(String line) {
      JsonNode vector = MAPPER.readTree(line);
      return new Vector(
          vector.get("packet"), vector.get("hex").stringValue(), vector.get("decoded"));
    }

    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  @BeforeAll
  static void readVectors() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(VectorsTest.class.getResourceAsStream("vectors.jsonl")),
                UTF_8))) {
      vectors = lines.lines().map(Vector::of).toList();
    }
    assertThat(vectors).hasSizeGreaterThan(300);
  }

  @Test
  void writesThePacketsOfJsonByteForByte() {
    for (Vector vector : vectors) {
      List<Packet> packets = json.decode(vector.packet().toString().getBytes(UTF_8));
      byte[] written =
          vector.packet().isArray() ? codec.encode(packets) : codec.encode(packets.getFirst());

      assertThat(HexFormat.of().formatHex(written))
          .as(vector.packet().toString())
          .isEqualTo(vector.hex());
    }
  }

  @Test
  void readsWhatTheNpmPackageReads() {
    for (Vector vector : vectors) {
      List<Packet> packets = codec.decode(vector.bytes());
      byte[] written =
          vector.packet().isArray() ? json.encode(packets) : json.encode(packets.getFirst());

      assertThatObject(MAPPER.readTree(written))
          .usingComparator(VectorsTest::compare)
          .as(vector.packet().toString())
          .isEqualTo(withoutNilErrors(vector.decoded()));
    }
  }

  @Test
  void whatCameInLeavesAsItCame() {
    for (Vector vector : vectors) {
      List<Packet> packets = codec.decode(vector.bytes());
      byte[] written =
          vector.packet().isArray() ? codec.encode(packets) : codec.encode(packets.getFirst());

      assertThat(written).isEqualTo(vector.bytes());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "foo | `{\"a\":1}` | 81a17092a3666f6f81a16101",
        "foo | `\"x\"` | 81a17092a3666f6fa178",
        "foo | | 81a17092a3666f6fc0",
        "foo | `null` | 81a17092a3666f6fc0"
      })
  void aPublishForManyHasTheBytesOfThePacket(String channel, String data, String hex) {
    Payload payload = data == null ? null : Payload.ofJson(data.getBytes(UTF_8), 0, data.length());

    assertThat(codec.encodePublish(channel, payload)).isEqualTo(HexFormat.of().parseHex(hex));
  }

  /** Numbers are what they are worth: 1 and 1.0 are the same in JavaScript. */
  private static int compare(JsonNode first, JsonNode second) {
    return first.equals((one, other) -> one.equals(other) || sameNumber(one, other) ? 0 : 1, second)
        ? 0
        : 1;
  }

  private static boolean sameNumber(JsonNode one, JsonNode other) {
    return one.isNumber()
        && other.isNumber()
        && one.numberValue().doubleValue() == other.numberValue().doubleValue();
  }

  private static JsonNode withoutNilErrors(JsonNode decoded) {
    if (decoded.isArray()) {
      for (JsonNode element : decoded) {
        withoutNilErrors(element);
      }
    } else if (decoded instanceof ObjectNode packet && packet.path("error").isNull()) {
      packet.remove("error");
    } else if (decoded instanceof ObjectNode packet && packet.hasNonNull("error")) {
      packet.remove("data"); // an answer that failed has none
    }
    return decoded;
  }
}
