// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.JsonNodeType;

/** Forms that the npm package never writes but reads, and how values cross over to JSON. */
class MessagePackTest {
  private static final String EVENT_X = "81a16592a178"; // {"e":["x", and the data follows

  private final CodecEngine codec = new MinBinCodec();

  private Packet decodeOne(String hex) {
    List<Packet> packets = codec.decode(HexFormat.of().parseHex(hex));
    assertThat(packets).hasSize(1);
    return packets.getFirst();
  }

  private Payload data(String hex) {
    return Objects.requireNonNull(((EventPacket) decodeOne(EVENT_X + hex)).data());
  }

  private static Payload received(byte[] hexOfJavaValue) {
    Packet packet = new MinBinCodec().decode(hexOfJavaValue).getFirst();
    return Objects.requireNonNull(((EventPacket) packet).data());
  }

  @ParameterizedTest
  @CsvSource({
    "cf0000000000000005, 5",
    "cfffffffffffffffff, 18446744073709551615",
    "d38000000000000000, -9223372036854775808",
    "d3ffffffffffffffff, -1",
    "ceffffffff, 4294967295",
    "ca3fc00000, 1.5",
    "cb7ff8000000000000, null",
    "cbfff0000000000000, null",
    "d9026869, '\"hi\"'",
    "db000000026869, '\"hi\"'",
    "dd0000000101, [1]",
    "df00000001a16101, '{\"a\":1}'",
    "820102ff03, '{\"1\":2,\"-1\":3}'",
    "81cfffffffffffffffffc3, '{\"18446744073709551615\":true}'",
    "82a16101a16102, '{\"a\":2}'",
    "c400, '{\"base64\":true,\"data\":\"\"}'",
    "c403010203, '{\"base64\":true,\"data\":\"AQID\"}'",
    "c600000001ff, '{\"base64\":true,\"data\":\"/w==\"}'",
    "d40561, '{\"type\":5,\"buffer\":{\"base64\":true,\"data\":\"YQ==\"}}'",
    "c702ff6162, '{\"type\":-1,\"buffer\":{\"base64\":true,\"data\":\"YWI=\"}}'",
  })
  void readsEveryFormOfMessagePackAsJson(String hex, String json) {
    assertThat(data(hex)).hasToString(json);
    assertThat(data(hex).size()).isEqualTo(json.length());
    assertThat(codec.encode(decodeOne(EVENT_X + hex)))
        .isEqualTo(HexFormat.of().parseHex(EVENT_X + hex));
  }

  @Test
  void bytesAreBytesInATreeAndInAnObject() {
    Payload sent = Payload.of(Map.of("pixels", new byte[] {1, 2, 3}));
    Payload got = received(codec.encode(EventPacket.transmit("x", sent)));

    assertThat(got.node().get("pixels").getNodeType()).isEqualTo(JsonNodeType.BINARY);
    assertThat(got.as(new TypeReference<Map<String, byte[]>>() {}))
        .hasEntrySatisfying("pixels", pixels -> assertThat(pixels).containsExactly(1, 2, 3));
    assertThat(got).hasToString(sent.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"base64\":false,\"data\":\"AQID\"}",
        "{\"base64\":true,\"data\":\"no base 64\"}",
        "{\"base64\":true,\"data\":5}",
        "{\"base64\":true,\"data\":\"AQID\",\"more\":1}",
        "{\"base64\":true}"
      })
  void anObjectThatOnlyLooksLikeBytesStaysAnObject(String json) {
    Payload sent = Payload.ofJson(json.getBytes(UTF_8), 0, json.length());

    Payload got = received(codec.encode(EventPacket.transmit("x", sent)));

    assertThat(got).hasToString(json);
    assertThat(got.node().isObject()).isTrue();
  }

  @Test
  void aPayloadOfMessagePackGoesOutAsJsonAndBack() {
    Packet packet = decodeOne("81a17093a2c3a983a161c40101a16293010203a163cb3ff800000000000005");
    byte[] json = new JsonCodec().encode(packet);
    EventPacket again = (EventPacket) new JsonCodec().decode(json).getFirst();

    assertThat(again.channel()).isEqualTo("é");
    assertThat(again.cid()).isEqualTo(5);
    assertThat(codec.encode(again)).isEqualTo(codec.encode(packet));
  }

  @Test
  void aPublishKnowsItsChannelAndItsDataAndMakesTheWholeOfThem() {
    EventPacket packet = (EventPacket) decodeOne("81a17092a3666f6f81a16101");

    assertThat(packet.event()).isSameAs(ReservedEvents.PUBLISH);
    assertThat(packet.isInvoke()).isFalse();
    assertThat(packet.channel()).isEqualTo("foo");
    assertThat(packet.channelData()).hasToString("{\"a\":1}");
    assertThat(packet.data()).hasToString("{\"channel\":\"foo\",\"data\":{\"a\":1}}");
  }

  @Test
  void absentDataIsNullAndAnAnswerWithANilErrorIsASuccess() {
    assertThat(decodeOne("81a16592a26869c0"))
        .isInstanceOfSatisfying(
            EventPacket.class,
            event ->
                assertThat(event.data())
                    .isInstanceOfSatisfying(
                        Payload.class, data -> assertThat(data.isNull()).isTrue()));
    assertThat(decodeOne("81a16591a26869"))
        .isInstanceOfSatisfying(
            EventPacket.class, event -> assertThat(event.data()).hasToString("null"));
    assertThat(decodeOne("81a1729303c0c0"))
        .isInstanceOfSatisfying(
            ResponsePacket.class,
            answer -> {
              assertThat(answer.error()).isNull();
              assertThat(answer.data()).hasToString("null");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "83a56576656e74a178a46461746105a363696407, EventPacket, '{\"event\":\"x\",\"data\":5,\"cid\":7}'",
    "81a56576656e74a178, EventPacket, '{\"event\":\"x\"}'",
    "82a37269640aa46461746105, ResponsePacket, '{\"rid\":10,\"data\":5}'",
    "82a37269640aa56572726f72a178, ResponsePacket, '{\"rid\":10,\"error\":\"x\"}'",
    "82a16592a17805a17092a16306, EventPacket, '{\"event\":\"#publish\",\"data\":{\"channel\":\"c\",\"data\":6}}'",
    "81a17092c005, EventPacket, '{\"event\":\"#publish\",\"data\":{\"channel\":null,\"data\":5}}'",
    "81a17090, EventPacket, '{\"event\":\"#publish\",\"data\":{}}'",
    "81a16594a178050708, EventPacket, '{\"event\":\"x\",\"data\":5,\"cid\":7}'",
    "81a17291cb4008000000000000, ResponsePacket, '{\"rid\":3}'"
  })
  void readsLongFormsAndOddOnes(String hex, String kind, String json) {
    Packet packet = decodeOne(hex);

    assertThat(packet.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(new JsonCodec().encode(packet)).asString().isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cb3ff8000000000000",
        "cf0020000000000001",
        "cfffffffffffffffff",
        "a131",
        "c3",
        "cb7ff8000000000000",
        "cb7ff0000000000000"
      })
  void whatIsNoWholeNumberUpTo2To53IsNoCallId(String id) {
    assertThat(((EventPacket) decodeOne("81a16593a17801" + id)).isInvoke()).isFalse();
    assertThat(((EventPacket) decodeOne("81a17093a17801" + id)).isInvoke()).isFalse();
    assertThat(decodeOne("81a17293" + id + "c0c0")).isInstanceOf(RawPacket.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a22331, #1",
    "a0, ''",
    "05, 5",
    "c0, null",
    "c3, true",
    "80, {}",
    "81a16505, '{\"e\":5}'",
    "81a165920505, '{\"e\":[5,5]}'",
    "81a17290, '{\"r\":[]}'",
    "c40161, '{\"base64\":true,\"data\":\"YQ==\"}'"
  })
  void aMessageThatIsNoPacketIsRaw(String hex, String raw) {
    assertThat(decodeOne(hex)).isEqualTo(new RawPacket(raw));
  }

  @Test
  void aBatchKeepsItsOrderAndWhatIsNoPacketInIt() {
    List<Packet> packets =
        codec.decode(HexFormat.of().parseHex("9381a16592a178010581a1729301c0c3"));

    assertThat(packets).hasSize(3);
    assertThat(packets.get(0)).isInstanceOf(EventPacket.class);
    assertThat(packets.get(1))
        .isEqualTo(new RawPacket("[{\"e\":[\"x\",1]},5,{\"r\":[1,null,true]}]"));
    assertThat(packets.get(2)).isInstanceOf(ResponsePacket.class);
    assertThatThrownBy(() -> packets.add(packets.getFirst()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(codec.decode(new byte[] {(byte) 0x90})).isEmpty();
  }

  @Test
  void aRawPacketIsAStringAndHasNoPlaceInABatch() {
    assertThat(codec.encode(new RawPacket("#2"))).isEqualTo(HexFormat.of().parseHex("a22332"));
    assertThatThrownBy(() -> codec.encode(List.of(new RawPacket("#2"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 70_000})
  void longValuesHaveLongHeaders(int size) {
    List<Object> values =
        List.of("é".repeat(size / 2), new byte[size], Collections.nCopies(size, 1), bigMap(size));
    List<String> shortHeaders = List.of("da", "c5", "dc", "de");
    List<String> longHeaders = List.of("db", "c6", "dd", "df");
    for (int i = 0; i < values.size(); i++) {
      Payload sent = Payload.of(values.get(i));
      byte[] message = codec.encode(EventPacket.transmit("x", sent));
      boolean isShort = size == 65_535;

      assertThat(HexFormat.of().formatHex(message, 6, 7))
          .isEqualTo((isShort ? shortHeaders : longHeaders).get(i));
      assertThat(received(message).toBytes()).isEqualTo(sent.toBytes());
      byte[] cut = Arrays.copyOf(message, message.length - 1);
      assertThatThrownBy(() -> codec.decode(cut)).hasMessageContaining("is cut off");
    }
  }

  private static Map<String, Integer> bigMap(int size) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put("k" + i, i);
    }
    return map;
  }

  @Test
  void aLoneSurrogateBecomesAQuestionMark() {
    byte[] message = codec.encodePublish("\ud800", Payload.of("a\udc00"));

    assertThat(message).isEqualTo(HexFormat.of().parseHex("81a17092a13fa2613f"));
  }

  @Test
  void isBinary() {
    assertThat(codec.isBinary()).isTrue();
  }
}
