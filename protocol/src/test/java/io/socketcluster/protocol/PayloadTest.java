// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class PayloadTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  record Login(String username, int age) {}

  record Strict(String name) {
    Strict {
      if (name.isBlank()) {
        throw new IllegalArgumentException("secret detail");
      }
    }
  }

  static final class Failing {
    private final List<String> names = List.of();

    public String getName() {
      return names.getFirst();
    }
  }

  @Test
  void writesPlainValues() {
    assertThat(Payload.of(null)).hasToString("null");
    assertThat(Payload.of(true)).hasToString("true");
    assertThat(Payload.of(false)).hasToString("false");
    assertThat(Payload.of(-5)).hasToString("-5");
    assertThat(Payload.of(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    assertThat(Payload.of(1.5)).hasToString("1.5");
    assertThat(Payload.of("text")).hasToString("\"text\"");
    assertThat(Payload.of(new BigDecimal("1.10"))).hasToString("1.10");
    assertThat(Payload.of(Arrays.asList(1, null))).hasToString("[1,null]");
  }

  @Test
  void writesRecordsInTheirOrder() {
    assertThat(Payload.of(new Login("alice", 5))).hasToString("{\"username\":\"alice\",\"age\":5}");
  }

  @Test
  void writesBinaryAsSocketClusterDoesWhereverItIs() {
    byte[] bytes = {1, 2, 3};
    String binary = "{\"base64\":true,\"data\":\"AQID\"}";
    ByteBuffer part = ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4}, 1, 3);

    assertThat(Payload.of(bytes)).hasToString(binary);
    assertThat(Payload.of(ByteBuffer.wrap(bytes))).hasToString(binary);
    assertThat(Payload.of(part)).hasToString(binary);
    assertThat(Payload.of(ByteBuffer.allocateDirect(3).put(bytes).flip())).hasToString(binary);
    assertThat(Payload.of(NODES.binaryNode(bytes))).hasToString(binary);
    assertThat(Payload.of(NODES.pojoNode(bytes))).hasToString(binary);
    assertThat(Payload.of(Map.of("a", List.of(bytes)))).hasToString("{\"a\":[" + binary + "]}");
    assertThat(Payload.of(NODES.objectNode().put("a", bytes)))
        .hasToString("{\"a\":" + binary + "}");
    assertThat(Payload.of(new byte[0])).hasToString("{\"base64\":true,\"data\":\"\"}");
    assertThat(Payload.of(new byte[100]).toString()).doesNotContain("\\n");
  }

  @Test
  void writesNumbersThatAreNoneAsNull() {
    assertThat(Payload.of(Double.NaN)).hasToString("null");
    assertThat(Payload.of(Float.NEGATIVE_INFINITY)).hasToString("null");
    assertThat(Payload.of(new double[] {1, Double.POSITIVE_INFINITY})).hasToString("[1.0,null]");
    assertThat(Payload.of(new float[] {1, Float.NaN})).hasToString("[1.0,null]");
    assertThat(Payload.of(NODES.arrayNode().add(Double.NaN).add(Float.NaN)))
        .hasToString("[null,null]");
    assertThat(Payload.of(List.of(ofJson("1e999").node()))).hasToString("[null]");
  }

  @Test
  void writesTimesAsIso8601() {
    assertThat(Payload.of(Instant.ofEpochMilli(1))).hasToString("\"1970-01-01T00:00:00.001Z\"");
    assertThat(Payload.of(LocalDate.of(2026, 1, 2))).hasToString("\"2026-01-02\"");
    assertThat(Payload.of(Duration.ofSeconds(90))).hasToString("\"PT1M30S\"");
  }

  @Test
  void takesPayloadsAlsoInsideOfOtherValues() {
    Payload payload = ofJson("{ \"a\" : 1 }");

    assertThat(Payload.of(payload)).isSameAs(payload);
    assertThat(Payload.of(Map.of("p", payload))).hasToString("{\"p\":{ \"a\" : 1 }}");
  }

  @Test
  void doesNotChangeWithTheValueItWasMadeOf() {
    List<String> values = new ArrayList<>(List.of("a"));
    Payload payload = Payload.of(values);
    values.add("b");

    assertThat(payload).hasToString("[\"a\"]");
    assertThat(payload.node()).hasSize(1);
  }

  @Test
  void doesNotChangeWithItsTree() {
    Payload payload = ofJson("{\"a\":1}");
    payload.node().asObject().put("a", 2);

    assertThat(payload).hasToString("{\"a\":1}");
    assertThat(payload.as(JsonNode.class)).isEqualTo(NODES.objectNode().put("a", 1));
  }

  @Test
  void decodesItsTreeOnce() {
    Payload payload = ofJson("{\"a\":[1,2.5,\"x\",null,true]}");

    assertThat(payload.node()).isSameAs(payload.node());
    assertThat(payload.node().path("a")).hasSize(5);
  }

  @Test
  void isAPartOfAnArray() {
    byte[] message = "[1,{\"a\":2},3]".getBytes(UTF_8);
    Payload payload = Payload.ofJson(message, 3, 7);

    assertThat(payload).hasToString("{\"a\":2}");
    assertThat(payload.size()).isEqualTo(7);
    assertThat(payload.toBytes()).isEqualTo("{\"a\":2}".getBytes(UTF_8));
    assertThat(payload.node()).isEqualTo(NODES.objectNode().put("a", 2));
    assertThat(payload.as(new TypeReference<Map<String, Integer>>() {})).isEqualTo(Map.of("a", 2));
    assertThatThrownBy(() -> Payload.ofJson(message, 3, 20))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void knowsNull() {
    assertThat(ofJson("null").isNull()).isTrue();
    assertThat(ofJson("true").isNull()).isFalse();
    assertThat(ofJson("\"null\"").isNull()).isFalse();
    assertThat(ofJson("[]").isNull()).isFalse();
    assertThat(ofJson("null").as(Login.class)).isNull();
    assertThat(ofJson("null").node().isNull()).isTrue();
  }

  @Test
  void becomesTheCallersOwnTypes() {
    Payload payload = ofJson("{\"username\":\"alice\",\"age\":5,\"unknown\":[]}");

    assertThat(payload.as(Login.class)).isEqualTo(new Login("alice", 5));
    assertThat(payload.as(Payload.class)).isSameAs(payload);
    assertThat(ofJson("[1,2]").as(int[].class)).containsExactly(1, 2);
    assertThat(ofJson("{\"a\":[1,null]}").as(Object.class))
        .isEqualTo(Map.of("a", Arrays.asList(1, null)));
    assertThat(ofJson("[{\"username\":\"b\",\"age\":1}]").as(new TypeReference<List<Login>>() {}))
        .isEqualTo(List.of(new Login("b", 1)));
    Map<String, Long> counts =
        ofJson("{\"a\":1}").as(DataMapper.STANDARD.type(CountsReference.TYPE.getType()));
    assertThat(counts).isEqualTo(Map.of("a", 1L));
  }

  private static final class CountsReference {
    static final TypeReference<Map<String, Long>> TYPE = new TypeReference<>() {};
  }

  @Test
  void saysWhereItDoesNotFit() {
    refused("{\"username\":\"a\",\"age\":\"x\"}", Login.class, " at age");
    refused("[1]", Login.class, "");
    refused("\"text\"", Integer.class, "");
    refused("{\"name\":\" \"}", Strict.class, "");
    refused("{\"age\":null}", Login.class, " at age");
    refused("1e99999999999", BigDecimal.class, "");
    refused("1e1000000000", BigInteger.class, "");
  }

  private static void refused(String json, Class<?> type, String place) {
    assertThatThrownBy(() -> ofJson(json).as(type))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessageStartingWith("The data does not have the expected form")
        .hasMessageEndingWith("form" + place)
        .message()
        .doesNotContain("java", "socketcluster", "secret");
  }

  @Test
  void saysHowDeepInItDoesNotFit() {
    Payload payload = ofJson("{\"a\":[{\"username\":\"u\",\"age\":1},{\"age\":[]}]}");

    assertThatThrownBy(() -> payload.as(new TypeReference<Map<String, List<Login>>>() {}))
        .hasMessage("The data does not have the expected form at a[1].age");
  }

  @Test
  void refusesWhatHasNoJson() {
    Map<String, Object> cycle = new LinkedHashMap<>();
    cycle.put("self", cycle);

    for (Object value : List.of(cycle, new Failing(), List.of(new Failing()))) {
      assertThatThrownBy(() -> Payload.of(value))
          .isInstanceOf(InvalidArgumentsError.class)
          .hasMessageStartingWith("The data cannot be written as JSON")
          .message()
          .doesNotContain("NoSuchElement", "java");
    }
  }

  @Test
  void readsLoneSurrogatesAsTheyCame() {
    JsonNode node =
        ofJson("{\"\\ud800\":\"\\uDC00\",\"\\\\ud800\":\"\\u0064\\uD83D\\ude00\"}").node();

    assertThat(node.path("\ud800").stringValue()).isEqualTo("\udc00");
    assertThat(node.path("\\ud800").stringValue()).isEqualTo("d😀");
    assertThat(Payload.of(node)).hasToString("{\"\\ud800\":\"\\udc00\",\"\\\\ud800\":\"d😀\"}");
  }

  @Test
  void anEventOfACallerKnowsItsChannelToo() {
    EventPacket packet =
        EventPacket.transmit("#publish", Payload.of(Map.of("channel", "é", "data", List.of(1))));

    assertThat(packet.channel()).isEqualTo("é");
    assertThat(packet.channelData()).hasToString("[1]");
    assertThat(EventPacket.transmit("x", ofJson(" [ ] ")).channel()).isNull();
    assertThat(EventPacket.transmit("x", Payload.of("c")).channelData()).isNull();
    assertThat(EventPacket.transmit("x", null).channel()).isNull();
  }

  private static Payload ofJson(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length);
  }
}
