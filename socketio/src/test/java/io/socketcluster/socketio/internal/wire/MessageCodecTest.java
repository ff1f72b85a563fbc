// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
  private final MessageCodec codec = new MessageCodec(false);
  private final MessageCodec bridge = new MessageCodec(true);

  private String sent(@Nullable Object message) {
    EventPacket packet = EventPacket.transmit(MessageCodec.MESSAGE, Payload.of(message));
    return new String(codec.encode(packet), UTF_8);
  }

  private static List<Packet> decode(MessageCodec with, String body) {
    return with.decode(body.getBytes(UTF_8));
  }

  private static String dataOf(List<Packet> packets) {
    EventPacket packet = (EventPacket) packets.getFirst();
    assertThat(packet.event()).isEqualTo("message");
    assertThat(packet.isInvoke()).isFalse();
    return String.valueOf(packet.data());
  }

  @Test
  void eachTypeIsSentAsTheOldServerDoes() {
    assertThat(sent("abcde")).isEqualTo("~m~5~m~abcde");
    assertThat(sent("")).isEqualTo("~m~0~m~");
    assertThat(sent(null)).isEqualTo("~m~0~m~");
    assertThat(sent(Map.of("from", "server"))).isEqualTo("~m~20~m~~j~{\"from\":\"server\"}");
    assertThat(sent(12)).isEqualTo("~m~2~m~12");
    assertThat(sent(true)).isEqualTo("~m~4~m~true");
    assertThat(sent(Arrays.asList("a", Map.of("b", 2), null)))
        .isEqualTo("~m~1~m~a~m~10~m~~j~{\"b\":2}~m~0~m~");
  }

  @Test
  void aBroadcastIsEncodedOnceForAllClients() {
    Payload data = Payload.of("abcde");
    EventPacket packet = EventPacket.transmit(MessageCodec.MESSAGE, data);
    assertThat(codec.encode(packet)).isNotSameAs(codec.encode(packet));

    codec.broadcast(data);

    assertThat(codec.encode(packet)).isSameAs(codec.encode(packet)).asString().endsWith("~abcde");
    assertThat(sent("fghij")).isEqualTo("~m~5~m~fghij");
  }

  @Test
  void textAndJsonArrive() {
    assertThat(dataOf(decode(codec, "h\u00e9 \"q\""))).isEqualTo("\"h\u00e9 \\\"q\\\"\"");
    assertThat(dataOf(codec.decode(MessageCodec.inbound(new byte[0])))).isEqualTo("\"\"");
    assertThat(dataOf(decode(codec, "~j~{\"a\": [1]}"))).isEqualTo("{\"a\": [1]}");
    assertThat(dataOf(decode(codec, "~j~ {} "))).isEqualTo("{}");
    assertThat(dataOf(decode(codec, "{\"event\":\"#subscribe\"}"))).startsWith("\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "1,\"event\":\"#publish\"",
        "1,\"cid\":7",
        "1},{\"event\":\"x\"",
        "{\"a\":1},\"data\":{\"a\":1}",
        "1,\"data\":1"
      })
  void whatIsNotOneValueIsNoMessage(String json) {
    assertThat(decode(codec, "~j~" + json)).isEmpty();
    assertThat(decode(bridge, "~j~" + json)).isEmpty();
  }

  @Test
  void packetsCrossTheBridgeOnly() {
    String packet = "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room\"},\"cid\":1}";
    assertThat(dataOf(decode(codec, "~j~" + packet))).isEqualTo(packet);
    assertThat(((EventPacket) decode(bridge, "~j~" + packet).getFirst()).event())
        .isEqualTo("#subscribe");
    assertThat(dataOf(decode(bridge, "~j~{\"a\":1}"))).isEqualTo("{\"a\":1}");
    Payload data = Payload.of("x");
    assertThat(codec.encodePublish("room", data)).isEmpty();
    assertThat(codec.encode(ResponsePacket.success(1, null))).isEmpty();
    assertThat(new String(bridge.encodePublish("room", data), UTF_8))
        .isEqualTo(
            "~m~60~m~~j~{\"event\":\"#publish\",\"data\":{\"channel\":\"room\",\"data\":\"x\"}}");
    assertThat(new String(bridge.encode(ResponsePacket.success(1, null)), UTF_8))
        .isEqualTo("~m~12~m~~j~{\"rid\":1}");
  }

  @Test
  void noClientCanSendTheHandshakeOfTheDoor() {
    assertThat(((EventPacket) codec.decode(MessageCodec.hello()).getFirst()).event())
        .isEqualTo("#handshake");
    byte[] posted =
        Objects.requireNonNull(PostedForm.packet("data=~m~1~m~%FF".getBytes(UTF_8), false));
    assertThat(Framing.read(posted).getFirst()).isEqualTo("\ufffd".getBytes(UTF_8));
  }
}
