// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacketEncodingTest {
  private final JsonCodec codec = new JsonCodec();

  @Test
  void isText() {
    assertThat(codec.isBinary()).isFalse();
  }

  @Test
  void writesEvents() {
    assertThat(encoded(EventPacket.transmit("hello", null))).isEqualTo("{\"event\":\"hello\"}");
    assertThat(encoded(EventPacket.transmit("hello", Payload.of(null))))
        .isEqualTo("{\"event\":\"hello\",\"data\":null}");
    assertThat(encoded(EventPacket.invoke("#subscribe", Payload.of(Map.of("channel", "a")), 12)))
        .isEqualTo("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"a\"},\"cid\":12}");
    assertThat(encoded(EventPacket.invoke("x", null, 0))).isEqualTo("{\"event\":\"x\",\"cid\":0}");
  }

  @Test
  void writesTheTraceOfAnEvent() {
    EventPacket packet = EventPacket.invoke("x", Payload.of(1), 2);

    assertThat(encoded(packet.withTraceparent("00-a")))
        .isEqualTo("{\"event\":\"x\",\"data\":1,\"cid\":2,\"traceparent\":\"00-a\"}");
    assertThat(encoded(packet.withTraceparent("00-a").withTraceparent(null)))
        .isEqualTo("{\"event\":\"x\",\"data\":1,\"cid\":2}");
    assertThat(encoded(EventPacket.publish("news", Payload.of(1), 2).withTraceparent("00-a")))
        .isEqualTo(
            "{\"event\":\"#publish\",\"data\":{\"channel\":\"news\",\"data\":1},\"cid\":2,"
                + "\"traceparent\":\"00-a\"}");
  }

  @Test
  void writesAnswers() {
    assertThat(encoded(ResponsePacket.success(1, null))).isEqualTo("{\"rid\":1}");
    assertThat(encoded(ResponsePacket.success(-3, Payload.of("Success"))))
        .isEqualTo("{\"rid\":-3,\"data\":\"Success\"}");
    assertThat(encoded(ResponsePacket.failure(1L << 53, Payload.of(Map.of("name", "E")))))
        .isEqualTo("{\"rid\":9007199254740992,\"error\":{\"name\":\"E\"}}");
  }

  @Test
  void writesBatches() {
    assertThat(new String(codec.encode(List.of()), UTF_8)).isEqualTo("[]");
    assertThat(
            new String(
                codec.encode(
                    List.of(
                        EventPacket.transmit("a", Payload.of(1)), ResponsePacket.success(2, null))),
                UTF_8))
        .isEqualTo("[{\"event\":\"a\",\"data\":1},{\"rid\":2}]");
  }

  @Test
  void writesARawMessageAsItIsButNotInABatch() {
    assertThat(encoded(new RawPacket("#1"))).isEqualTo("#1");
    assertThat(encoded(new RawPacket(""))).isEmpty();
    assertThatThrownBy(() -> codec.encode(List.of(new RawPacket("#1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A raw message cannot be part of a batch");
  }

  @Test
  void writesTheDeliveryOfAPublish() {
    assertThat(new String(codec.encodePublish("news", Payload.of(List.of(1, 2))), UTF_8))
        .isEqualTo("{\"event\":\"#publish\",\"data\":{\"channel\":\"news\",\"data\":[1,2]}}");
    assertThat(new String(codec.encodePublish("é\"\n", null), UTF_8))
        .isEqualTo("{\"event\":\"#publish\",\"data\":{\"channel\":\"é\\\"\\n\"}}");
  }

  @Test
  void passesReceivedDataOnByteForByte() {
    String data = "{ \"a\" : [1.0, 1e3, \"\\u00e9é\", \"\\ud800\"],\n\"a\":2 }";
    String message = "{\"event\":\"#publish\",\"data\":{\"channel\":\"c\",\"data\":" + data + "}}";
    EventPacket packet = (EventPacket) codec.decode(message.getBytes(UTF_8)).getFirst();

    assertThat(new String(codec.encodePublish("c", packet.channelData()), UTF_8))
        .isEqualTo(message);
  }

  @Test
  void escapesAsJsonStringifyDoes() {
    assertThat(Payload.of("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028é€"))
        .hasToString("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028é€\"");
    assertThat(Payload.of("😀\ud800")).hasToString("\"😀\\ud800\"");
    assertThat(Payload.of("\udc00\ud83d\ude00\udbffx")).hasToString("\"\\udc00😀\\udbffx\"");
    assertThat(Payload.of(Map.of("\ud800\n", List.of("\udfff"))))
        .hasToString("{\"\\ud800\\n\":[\"\\udfff\"]}");
  }

  @Test
  void aPairIsNotTornWhereJacksonEndsAPiece() {
    for (int length = 3_990; length < 4_010; length++) {
      String text = "a".repeat(length) + "😀".repeat(5) + "\ud83d";

      assertThat(Payload.of(List.of(text)))
          .hasToString("[\"" + text.substring(0, text.length() - 1) + "\\ud83d\"]");
    }
  }

  @Test
  void everyCharacterComesBack() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      all.append((char) c).append(c % 3 == 0 ? "" : "x");
    }
    all.appendCodePoint(0x10000).appendCodePoint(0x10FFFF);
    String text = all.toString();
    byte[] message = codec.encode(EventPacket.invoke(text, Payload.of(Map.of("channel", text)), 1));
    EventPacket packet = (EventPacket) codec.decode(message).getFirst();

    assertThat(packet.event().equals(text)).isTrue();
    assertThat(text.equals(packet.channel())).isTrue();
  }

  private String encoded(Packet packet) {
    return new String(codec.encode(packet), UTF_8);
  }

  @Test
  void joinedMessagesAreTheBatchOfTheirPackets() {
    List<Packet> packets =
        List.of(
            EventPacket.invoke("a", Payload.of(1), 1),
            EventPacket.transmit("b", null),
            ResponsePacket.success(3, Payload.of("c")));
    for (int count = 0; count <= packets.size(); count++) {
      List<Packet> some = packets.subList(0, count);
      List<byte[]> messages = some.stream().map(codec::encode).toList();

      assertThat(codec.join(messages)).isEqualTo(codec.encode(some));
      assertThat(new SlowCodec(codec).join(messages)).isEqualTo(codec.encode(some));
    }
  }

  /** An engine that has nothing but what every engine must have. */
  private record SlowCodec(JsonCodec json) implements CodecEngine {
    @Override
    public boolean isBinary() {
      return json.isBinary();
    }

    @Override
    public List<Packet> decode(byte[] message) {
      return json.decode(message);
    }

    @Override
    public byte[] encode(Packet packet) {
      return json.encode(packet);
    }

    @Override
    public byte[] encode(List<Packet> batch) {
      return json.encode(batch);
    }

    @Override
    public byte[] encodePublish(String channel, @Nullable Payload data) {
      return json.encodePublish(channel, data);
    }
  }
}
