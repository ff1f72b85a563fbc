// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that want to cost more than they should. */
class HostileInputTest {
  private static final int SIZE = 2_000_000;

  /** Far more than the milliseconds that linear time takes; quadratic time takes hours. */
  private static final Duration FOR_LINEAR_TIME = Duration.ofSeconds(10);

  private final JsonCodec codec = new JsonCodec();

  static List<Arguments> bigMessages() {
    return List.of(
        arguments("[", "1,", "1]"),
        arguments("[", "{},", "{}]"),
        arguments("[", "{},", "{}"),
        arguments("[", "{\"event\":\"a\"},", "1"),
        arguments("[", "{\"event\":\"a\",\"data\":{\"channel\":\"c\"}},", "{}]"),
        arguments("{", "\"a\":1,", "\"event\":\"a\"}"),
        arguments("{", "\"\\u0064ata\":{},", "\"event\":\"a\"}"),
        arguments("{", "\"data\":{\"channel\":\"x\"},", "\"event\":\"a\"}"),
        arguments("{", "\"event\":\"\\n\",", "\"event\":\"a\"}"),
        arguments("{\"event\":\"", "\\u00e9", "\"}"),
        arguments("{\"event\":\"", "\\n", "\"}"),
        arguments("{\"event\":\"", "\\\\", "\\"),
        arguments("{\"event\":\"", "é", "\"}"),
        arguments("{\"event\":\"", "a\\\"", "\"}"),
        arguments("{\"event\":\"a\",\"", "\\u0061", "\":1}"),
        arguments("{\"event\":\"a\",\"data\":{\"channel\":\"", "\\ud800", "\"}}"),
        arguments("{\"event\":\"a\",\"data\":[", "[[[[[]]]]],", "1]}"),
        arguments("{\"event\":\"a\",\"data\":[", "[".repeat(400) + "]".repeat(400) + ",", "1]}"),
        arguments("{\"event\":\"a\",\"data\":[", "{\"data\":{\"data\":1}},", "1]}"),
        arguments("{\"event\":\"a\",\"cid\":1", " ", "}"),
        arguments("", " ", "{}"),
        arguments("", " ", "x"),
        arguments("", "é", ""),
        arguments("", "{} ", ""),
        arguments("{\"event\":\"a\"}", " ", "x"));
  }

  @ParameterizedTest
  @MethodSource("bigMessages")
  void readsBigMessagesInLinearTime(String start, String piece, String end) {
    JsonCodec unlimited = new JsonCodec(JsonLimits.DEFAULT.withMaxValues(Integer.MAX_VALUE));
    byte[] message = (start + piece.repeat(SIZE / piece.length()) + end).getBytes(UTF_8);

    List<Packet> packets =
        assertTimeoutPreemptively(FOR_LINEAR_TIME, () -> unlimited.decode(message));

    assertThat(packets.isEmpty()).isFalse();
    if (packets.getFirst() instanceof EventPacket event) {
      event.channel();
      event.channelData();
    }
  }

  static List<String> deepMessages() {
    return List.of(
        "[".repeat(100_000),
        "[".repeat(100_000) + "]".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "{\"data\":".repeat(100_000) + "1" + "}".repeat(100_000),
        "[{\"a\":".repeat(50_000) + "1" + "}]".repeat(50_000),
        "{\"event\":\"a\",\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
        "{\"event\":\"a\",\"data\":{\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}");
  }

  @ParameterizedTest
  @MethodSource("deepMessages")
  void refusesDeepNesting(String message) {
    refused(codec, message, "The message has a nesting depth over the limit of 512");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 63, 64, 65, 127, 128, 129, 512, 1000})
  void theDepthLimitIsExact(int limit) {
    JsonCodec limited = new JsonCodec(new JsonLimits(limit, 1_000));
    for (String pair : List.of("[]", "{}")) {
      String open = pair.equals("[]") ? "[" : "{\"a\":";
      String close = pair.substring(1);
      String message = open.repeat(limit - 1) + pair + close.repeat(limit - 1);

      assertThat(limited.decode(message.getBytes(UTF_8))).isNotNull();
      refused(
          limited,
          open + message + close,
          "The message has a nesting depth over the limit of " + limit);
    }
  }

  @Test
  void knowsWhatIsOpenAtEveryLevel() {
    JsonCodec limited = new JsonCodec(new JsonLimits(1_000, 1_000));
    StringBuilder open = new StringBuilder("{\"event\":\"a\",\"data\":");
    StringBuilder close = new StringBuilder("}");
    for (int level = 1; level < 1_000; level++) {
      boolean object = level * 31 % 7 < 4;
      open.append(object ? "{\"k\":" : "[");
      close.insert(0, object ? '}' : ']');
    }
    String message = open + "1" + close;

    assertThat(limited.decode(message.getBytes(UTF_8)).getFirst()).isInstanceOf(EventPacket.class);
    for (int i = open.length() + 1; i < message.length(); i++) {
      byte[] wrong = message.getBytes(UTF_8);
      wrong[i] ^= ']' ^ '}';
      assertThat(limited.decode(wrong).getFirst()).isInstanceOf(RawPacket.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 61, 62, 63, 64, 65, 125, 126, 127, 128, 400})
  void forgetsWhatWasOpenAtALevelBefore(int depth) {
    String inside = "{\"a\":1},[1,{\"b\":2,\"c\":3},[4,5]],{\"d\":[6,7],\"e\":{}},[8,9]";
    String data = "[".repeat(depth + 1) + inside + "]".repeat(depth + 1);
    byte[] message = ("{\"event\":\"a\",\"data\":" + data + "}").getBytes(UTF_8);

    assertThat(codec.decode(message).getFirst()).isInstanceOf(EventPacket.class);
  }

  @Test
  void whatWasAcceptedHasATree() {
    JsonCodec widest = new JsonCodec(new JsonLimits(1_000, 10_000));
    String data = "[".repeat(999) + "9".repeat(10_000) + "]".repeat(999);
    String message = "{\"event\":\"a\",\"data\":" + data + "}";
    EventPacket packet = (EventPacket) widest.decode(message.getBytes(UTF_8)).getFirst();

    assertThat(packet.data())
        .isInstanceOfSatisfying(
            Payload.class,
            payload -> {
              assertThat(payload.node().size()).isEqualTo(1);
              assertThat(payload.as(Object.class)).isInstanceOf(List.class);
              assertThat(Payload.of(payload.node())).hasToString(data);
            });
  }

  @ParameterizedTest
  @CsvSource({"1,0,''", "9,999,''", "-9,998,''", "0.9,997,''", "1e9,997,''", "1,998,.1"})
  void theNumberLimitIsExact(String start, int more, String rest) {
    String longest = start + "0".repeat(more) + rest;
    String[] frames = {"{\"event\":\"a\",\"data\":%s}", "{\"event\":\"a\",\"cid\":%s}", "[%s]"};
    for (String frame : frames) {
      JsonCodec limited = new JsonCodec(new JsonLimits(512, longest.length()));
      String longer = longest + "1";

      assertThat(limited.decode(frame.formatted(longest).getBytes(UTF_8))).hasSize(1);
      refused(
          limited,
          frame.formatted(longer),
          "The message has a number length over the limit of " + longest.length());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "1", "\"a\"", "{\"a\":1}", "[[],{}]"})
  void theLimitOfValuesIsExactForEachPacket(String element) {
    JsonCodec limited = new JsonCodec(JsonLimits.DEFAULT.withMaxValues(6_000));
    int valuesOfElement = element.startsWith("[[") ? 3 : element.contains(":") ? 2 : 1;
    // beside the elements, the name and the array itself are values
    String most = event("a", element, 5_998 / valuesOfElement);

    assertThat(limited.decode(most.getBytes(UTF_8))).hasSize(1);
    assertThat(limited.decode(("[" + most + "," + most + "]").getBytes(UTF_8))).hasSize(2);
    refused(
        limited,
        event("a", element, 6_000 / valuesOfElement),
        "The message has a number of values over the limit of 6000");
  }

  @Test
  void reservedEventsHaveFewValuesButPublishes() {
    assertThat(codec.decode(event("#publish", "{}", 20_000).getBytes(UTF_8))).hasSize(1);
    for (String name : List.of("#subscribe", "\\u0023subscribe", "#handshake", "#other")) {
      refused(
          new JsonCodec(),
          event(name, "{}", 20_000),
          "The message has a number of values over the limit of 10000");
    }
  }

  private static String event(String name, String element, int count) {
    String elements = String.join(",", Collections.nCopies(count, element));
    return "{\"event\":\"" + name + "\",\"data\":[" + elements + "]}";
  }

  @Test
  void theLimitOfValuesHasALimit() {
    assertThatThrownBy(() -> JsonLimits.DEFAULT.withMaxValues(999))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessage("maxValues is 999; allowed: 1000 or more");
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-1,1", "1001,1", "1,0", "1,-1", "1,10001"})
  void limitsHaveLimits(int maxDepth, int maxNumberLength) {
    assertThatThrownBy(() -> new JsonLimits(maxDepth, maxNumberLength))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageMatching("max\\w+ is -?\\d+; allowed: 1 to \\d+");
  }

  @Test
  void everyTruncationOfAMessageIsRawOrBrokenUtf8() {
    byte[] message =
        ("[{\"event\":\"#publish\",\"data\":{\"channel\":\"é\",\"data\":[1.5e3,true,null,\"\\u00e9😀\"]},"
                + "\"cid\":12},{\"rid\":3,\"error\":{}}]")
            .getBytes(UTF_8);
    assertThat(codec.decode(message)).hasSize(2);
    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      if (new String(cut, UTF_8).endsWith("\uFFFD")) {
        assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(MalformedMessageException.class);
      } else {
        assertThat(codec.decode(cut)).containsExactly(new RawPacket(new String(cut, UTF_8)));
      }
    }
  }

  private static void refused(JsonCodec codec, String message, String why) {
    assertThatThrownBy(() -> codec.decode(message.getBytes(ISO_8859_1)))
        .isInstanceOfSatisfying(
            MalformedMessageException.class,
            refusal -> assertThat(refusal.closeCode()).isEqualTo(CloseCode.POLICY_VIOLATION))
        .hasMessage(why);
  }
}
