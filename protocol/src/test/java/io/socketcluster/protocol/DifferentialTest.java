// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** Thousands of random packets, whole and damaged: read as {@link JacksonReference} reads them. */
class DifferentialTest {
  private static final int ROUNDS = 20_000;
  private final JsonCodec codec = new JsonCodec();

  @Test
  void readsRandomPacketsAsJacksonDoes() {
    RandomMessages messages = new RandomMessages(new Random(8259));
    int packets = 0;
    for (int i = 0; i < ROUNDS; i++) {
      packets += compare(messages.next().getBytes(UTF_8));
    }
    assertThat(packets).isGreaterThan(ROUNDS / 2); // else nothing was compared
  }

  @Test
  void readsDamagedPacketsAsJacksonDoes() {
    Random random = new Random(7159);
    RandomMessages messages = new RandomMessages(random);
    int packets = 0;
    for (int i = 0; i < ROUNDS; i++) {
      packets += compare(damaged(messages.next().getBytes(UTF_8), random));
    }
    assertThat(packets).isGreaterThan(ROUNDS / 16);
  }

  private static byte[] damaged(byte[] message, Random random) {
    byte[] structural = "{}[],:\"\\u0eE.-+ \n\u0000tnf/é\u007f\ud800".getBytes(UTF_8);
    byte[] bytes = message;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = structural[random.nextInt(structural.length)];
        case 2 -> bytes = splice(bytes, at, at + 1, new byte[0]);
        case 3 -> bytes = splice(bytes, at, at, new byte[] {bytes[random.nextInt(bytes.length)]});
        default -> bytes[at] = bytes[random.nextInt(bytes.length)];
      }
    }
    return bytes.length == 0 ? structural : bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
    byte[] spliced = new byte[Math.max(1, bytes.length - (to - from) + piece.length)];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(piece, 0, spliced, from, piece.length);
    int rest = Math.min(bytes.length - to, spliced.length - from - piece.length);
    System.arraycopy(bytes, to, spliced, from + piece.length, rest);
    return spliced;
  }

  /** How many packets there were, raw ones not counted. */
  private int compare(byte[] message) {
    String text = text(message);
    List<Packet> actual = decode(message);
    if (text == null || actual == null) {
      if (text != null || actual != null) {
        fail(new String(message, ISO_8859_1));
      }
      return 0;
    }
    JsonNode tree = JacksonReference.tree(text);
    if (tree == null) {
      same(text, actual.equals(List.of(new RawPacket(text))));
      return 0;
    }
    List<JsonNode> expected = tree.isArray() ? new ArrayList<>(tree.values()) : List.of(tree);
    same(text, expected.size() == actual.size());
    int packets = 0;
    for (int i = 0; i < actual.size(); i++) {
      same(text, isSame(expected.get(i), actual.get(i), text));
      packets += actual.get(i) instanceof RawPacket ? 0 : 1;
    }
    return packets;
  }

  private static void same(String message, boolean same) {
    if (!same) {
      fail(message);
    }
  }

  private static @Nullable String text(byte[] message) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
    } catch (CharacterCodingException violation) {
      return null;
    }
  }

  private @Nullable List<Packet> decode(byte[] message) {
    try {
      return codec.decode(message);
    } catch (MalformedMessageException violation) {
      return null;
    }
  }

  /** In JavaScript. */
  private static boolean isFalse(JsonNode value) {
    return value.isNull()
        || value.equals(BooleanNode.FALSE)
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isNumber() && value.doubleValue() == 0);
  }

  private static boolean isSame(JsonNode expected, Packet actual, String message) {
    return switch (actual) {
      case RawPacket raw ->
          !expected.path("event").isString()
              && JacksonReference.integer(expected.path("rid")) == null
              && raw.message().equals(message);
      case EventPacket event -> isSame(expected, event);
      case ResponsePacket answer ->
          !expected.path("event").isString()
              && Long.valueOf(answer.rid()).equals(JacksonReference.integer(expected.path("rid")))
              && isSame(expected.get("data"), answer.data())
              && (isFalse(expected.path("error"))
                  ? answer.error() == null
                  : isSame(expected.get("error"), answer.error()));
    };
  }

  private static boolean isSame(JsonNode expected, EventPacket actual) {
    Long cid = JacksonReference.integer(expected.path("cid"));
    JsonNode channel = expected.path("data").path("channel");
    String expectedChannel = channel.isString() ? channel.stringValue() : null;
    EventPacket rebuilt = EventPacket.transmit("x", actual.data());
    return actual.event().equals(expected.path("event").stringValue(null))
        && (cid == null ? !actual.isInvoke() : actual.isInvoke() && actual.cid() == cid)
        && isSame(expected.get("data"), actual.data())
        && Objects.equals(expectedChannel, actual.channel())
        && Objects.equals(expectedChannel, rebuilt.channel())
        && isSame(expected.path("data").get("data"), actual.channelData())
        && isSame(expected.path("data").get("data"), rebuilt.channelData());
  }

  private static boolean isSame(@Nullable JsonNode expected, @Nullable Payload actual) {
    return expected == null ? actual == null : actual != null && actual.node().equals(expected);
  }
}
