// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonLimits;
import io.socketcluster.protocol.MalformedMessageException;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are none, or want to cost more than they should. */
class HostileMessagesTest {
  private static final Duration FOR_LINEAR_TIME = Duration.ofSeconds(10);

  private final MinBinCodec codec = new MinBinCodec();

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static void refused(CodecEngine codec, byte[] message, int closeCode, String why) {
    assertThatThrownBy(() -> codec.decode(message))
        .isInstanceOfSatisfying(
            MalformedMessageException.class,
            refusal -> assertThat(refusal.closeCode()).isEqualTo(closeCode))
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "'', a value is missing at byte 0",
    "c1, an unknown format at byte 0",
    "81a16592a178c1, an unknown format at byte 6",
    "cd01, a number is cut off at byte 0",
    "cb00000000000000, a number is cut off at byte 0",
    "dc01, a number is cut off at byte 0",
    "a461, a value is cut off at byte 1",
    "c402ff, a value is cut off at byte 2",
    "d4, a value is cut off",
    "d401, a value is cut off",
    "d801, a value is cut off",
    "c70105, a value is cut off",
    "c9ffffffff, a value is cut off",
    "c97fffffff, a value is cut off",
    "c6ffffffff, a value is cut off",
    "c67fffffff00, a value is cut off",
    "dbffffffff, a value is cut off",
    "db80000000, a value is cut off",
    "ddffffffff, a value is cut off",
    "dd7fffffff, a value is cut off",
    "dd8000000000, a value is cut off",
    "df40000000, a value is cut off",
    "df80000000a161, a value is cut off",
    "dfffffffff, a value is cut off",
    "81a165ddffffffff, a value is cut off",
    "81a16592a178df40000000, a value is cut off",
    "8181a16101, a name that is neither a string nor a whole number",
    "81c001, a name that is neither a string nor a whole number",
    "81a16592a17881c40001, a name that is neither a string nor a whole number",
    "0101, more than one value at byte 1",
    "81a16592a178c000, more than one value at byte 7",
    "a22331a22331, more than one value",
    "9081a16592a178c0, more than one value",
  })
  void refusesWhatIsNoMessagePack(String hex, String why) {
    refused(codec, bytes(hex), CloseCode.INVALID_DATA, why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a1ff",
        "81a16591a1c3",
        "81a16592a178a2c080",
        "81a16592a178a3eda080",
        "81a1ff05",
        "81a16592a17881a1ff05"
      })
  void refusesStringsThatAreNoUtf8(String hex) {
    refused(codec, bytes(hex), CloseCode.INVALID_DATA, "no valid UTF-8");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 512, 1000})
  void theDepthLimitIsExact(int limit) {
    MinBinCodec limited = new MinBinCodec(new JsonLimits(limit, 1));
    for (String open : List.of("91", "81a161")) {
      String fits = open.repeat(limit - 1) + "90";

      assertThat(limited.decode(bytes(fits)))
          .allSatisfy(packet -> assertThat(packet.toString()).isNotEmpty());
      refused(
          limited, bytes(open + fits), CloseCode.POLICY_VIOLATION, "over the limit of " + limit);
    }
  }

  @Test
  void bytesAndExtensionsCountAsTheObjectsTheyAreInJson() {
    MinBinCodec limited = new MinBinCodec(new JsonLimits(4, 1));

    limited.decode(bytes("81a16592a17891c40101"));
    limited.decode(bytes("81a16592a178d40101"));
    refused(limited, bytes("81a16592a1789191c40101"), CloseCode.POLICY_VIOLATION, "limit of 4");
    refused(limited, bytes("81a16592a17891d40101"), CloseCode.POLICY_VIOLATION, "limit of 4");
  }

  @Test
  void whatWasAcceptedAtTheHighestDepthHasATreeAndJson() {
    MinBinCodec widest = new MinBinCodec(new JsonLimits(1_000, 1));
    for (String inside : List.of("91".repeat(2) + "90", "91".repeat(2) + "c400", "91d40101")) {
      Packet packet = widest.decode(bytes("81a16592a178" + "91".repeat(995) + inside)).getFirst();

      readAll(packet);
      assertThat(widest.encode(packet)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 91, 400000",
    "'', 81a161, 400000",
    "81a16592a178, 91, 400000",
    "81a16592a178, 81a161, 400000",
    "81a165, 91, 400000",
    "81a170, 91, 400000",
  })
  void refusesDeepNestingWithoutUsingUpTheStack(String start, String open, int times) {
    refused(codec, bytes(start + open.repeat(times)), CloseCode.POLICY_VIOLATION, "limit of 512");
  }

  @ParameterizedTest
  @CsvSource({
    "dd001e8480, 80, 2000000",
    "dd001e8480, c0, 2000000",
    "dd0007a120, 81a16590, 500000",
    "df0007a120, a16105, 500000",
    "81a165dd001e8480, c0, 2000000",
    "df0007a120, a16590, 500000",
  })
  void refusesBigMessagesThatAreNoPacketInLinearTime(String start, String piece, int times) {
    MinBinCodec unlimited = new MinBinCodec(JsonLimits.DEFAULT.withMaxValues(Integer.MAX_VALUE));
    byte[] message = bytes(start + piece.repeat(times));

    assertTimeoutPreemptively(FOR_LINEAR_TIME, () -> tooManyValues(unlimited, message));
  }

  @ParameterizedTest
  @CsvSource({
    "81a16592a178dd001e8480, c0, 2000000",
    "81a16592a178df0007a120, a16105, 500000",
  })
  void readsBigMessagesInLinearTime(String start, String piece, int times) {
    MinBinCodec unlimited = new MinBinCodec(JsonLimits.DEFAULT.withMaxValues(Integer.MAX_VALUE));
    byte[] message = bytes(start + piece.repeat(times));

    List<Packet> packets =
        assertTimeoutPreemptively(FOR_LINEAR_TIME, () -> unlimited.decode(message));

    assertThat(packets).isNotEmpty();
    readAll(packets.getFirst());
  }

  @Test
  void everyTruncationOfAMessageIsRefused() {
    byte[] message = sample();
    assertThat(codec.decode(message)).hasSize(4);
    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThatThrownBy(() -> codec.decode(cut))
          .as("%s bytes", length)
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  @Test
  void aDamagedMessageIsRefusedOrReadCompletely() {
    byte[] message = sample();
    for (int position = 0; position < message.length; position++) {
      for (int value = 0; value < 256; value++) {
        byte[] damaged = message.clone();
        damaged[position] = (byte) value;
        readOrRefuse(damaged);
      }
    }
  }

  @Test
  void noiseIsRefusedOrReadCompletely() {
    Random random = new Random(7);
    byte[] sample = sample();
    for (int i = 0; i < 15_000; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      readOrRefuse(noise);
      byte[] damaged = sample.clone();
      for (int hits = random.nextInt(6); hits >= 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      readOrRefuse(damaged);
    }
  }

  private void readOrRefuse(byte[] message) {
    try {
      List<Packet> packets = codec.decode(message);
      packets.forEach(HostileMessagesTest::readAll);
    } catch (MalformedMessageException refused) {
      assertThat(refused.closeCode()).isIn(CloseCode.INVALID_DATA, CloseCode.POLICY_VIOLATION);
    }
  }

  /** Whatever was accepted can be used. */
  private static void readAll(Packet packet) {
    if (packet instanceof EventPacket event) {
      event.channel();
      read(event.channelData());
      read(event.data());
    } else if (packet instanceof ResponsePacket answer) {
      read(answer.error());
      read(answer.data());
    }
  }

  private static void read(@Nullable Payload payload) {
    if (payload != null) {
      assertThat(payload.node()).isNotNull();
      assertThat(payload.toString()).isNotEmpty();
      readAsObject(payload);
    }
  }

  @Test
  void theLimitOfValuesIsExactForEachPacket() {
    MinBinCodec limited = new MinBinCodec(JsonLimits.DEFAULT.withMaxValues(2_000));
    EventPacket most =
        EventPacket.transmit("a", maps(1_997)); // in a form, with a name, in an array

    assertThat(limited.decode(limited.encode(most))).hasSize(1);
    assertThat(limited.decode(limited.encode(List.of(most, most)))).hasSize(2);
    tooManyValues(limited, limited.encode(EventPacket.transmit("a", maps(2_000))));
    tooManyValues(
        new MinBinCodec(), limited.encode(EventPacket.invoke("#subscribe", maps(20_000), 1)));
  }

  @Test
  void aMessageThatIsNoPacketHasALimitOfValuesAsAWhole() {
    byte[] maps = new byte[5 + 20_000]; // an array of empty maps: each alone is no packet
    ByteBuffer.wrap(maps).put((byte) 0xdd).putInt(20_000);
    Arrays.fill(maps, 5, maps.length, (byte) 0x80);

    tooManyValues(new MinBinCodec(), maps);
  }

  private static Payload maps(int count) {
    return Payload.of(Collections.nCopies(count, Map.of()));
  }

  private static void tooManyValues(MinBinCodec codec, byte[] message) {
    assertThatThrownBy(() -> codec.decode(message))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("a number of values over the limit");
  }

  /** Numbers that are none cannot be read as an object; nothing else may fail. */
  private static void readAsObject(Payload payload) {
    try {
      payload.as(Object.class);
    } catch (InvalidArgumentsError e) {
      assertThat(e)
          .hasRootCauseMessage(
              "The number does not fit: double overflow\n at [No location information]");
    }
  }

  private byte[] sample() {
    Payload data =
        Payload.of(
            Map.of("list", List.of(1, -200, 70_000, 1.5, true, "é€😀"), "bytes", new byte[3]));
    return codec.encode(
        List.of(
            EventPacket.invoke("event", data, 300),
            EventPacket.publish("channel", data, 7),
            ResponsePacket.failure(-1, data),
            ResponsePacket.success(1L << 40, null)));
  }
}
