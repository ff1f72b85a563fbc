// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Payloads in the form of another codec, and publishes whose parts are known apart. */
class EncodedPayloadTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final AtomicInteger decoded = new AtomicInteger();

  private Payload payload(JsonNode node) {
    return Payload.ofEncoded(
        new EncodedValue() {
          @Override
          public JsonNode toNode() {
            decoded.incrementAndGet();
            return node;
          }

          @Override
          public void addTo(Footprint footprint) {
            footprint.addBytes(1);
          }
        });
  }

  @Test
  void isDecodedWhenSomebodyAsksAndOnce() {
    Payload payload = payload(NODES.arrayNode().add(1).add("é"));
    assertThat(payload.encoded()).isNotNull();
    assertThat(decoded).hasValue(0);

    assertThat(payload).hasToString("[1,\"é\"]");
    assertThat(payload.size()).isEqualTo(8);
    assertThat(payload.toBytes()).isEqualTo("[1,\"é\"]".getBytes(UTF_8));
    assertThat(payload.as(Object.class)).isEqualTo(List.of(1, "é"));
    assertThat(payload.isNull()).isFalse();
    assertThat(Payload.of(List.of(payload))).hasToString("[[1,\"é\"]]");
    assertThat(decoded).hasValue(1);
  }

  @Test
  void bytesAndNumbersThatAreNoneHaveTheirFormInJson() {
    Payload payload =
        payload(NODES.objectNode().put("bytes", new byte[] {1}).put("number", Double.NaN));

    assertThat(payload)
        .hasToString("{\"bytes\":{\"base64\":true,\"data\":\"AQ==\"},\"number\":null}");
    assertThat(payload(NODES.nullNode()).isNull()).isTrue();
    assertThat(Payload.of(1).encoded()).isNull();
  }

  @Test
  void aPublishIsMadeOfItsPartsWhenSomebodyAsks() {
    Payload data = payload(NODES.numberNode(5));
    EventPacket packet = EventPacket.publish("a\"b", data, 7);

    assertThat(packet.event()).isSameAs(ReservedEvents.PUBLISH);
    assertThat(packet.channel()).isEqualTo("a\"b");
    assertThat(packet.channelData()).isSameAs(data);
    assertThat(packet.cid()).isEqualTo(7);
    assertThat(decoded).hasValue(0);
    assertThat(new JsonCodec().encode(packet))
        .asString()
        .isEqualTo(
            "{\"event\":\"#publish\",\"data\":{\"channel\":\"a\\\"b\",\"data\":5},\"cid\":7}");
  }

  @Test
  void aPublishOfNothingHasNoDataKey() {
    EventPacket packet = EventPacket.publish("a", null);

    assertThat(packet.isInvoke()).isFalse();
    assertThat(packet.channelData()).isNull();
    assertThat(packet.data()).hasToString("{\"channel\":\"a\"}");
  }

  @Test
  void reservedNamesAreTheConstants() {
    String made = "#".concat("publish");

    assertThat(ReservedEvents.canonical(made)).isSameAs(ReservedEvents.PUBLISH);
    assertThat(ReservedEvents.canonical("#other")).isEqualTo("#other");
  }
}
