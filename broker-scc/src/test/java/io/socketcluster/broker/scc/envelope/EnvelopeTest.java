// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static Payload json(String text) {
    byte[] bytes = ("xx" + text + "yy").getBytes(UTF_8); // a part of a larger message
    return Payload.ofJson(bytes, 2, bytes.length - 4);
  }

  private static Envelope read(Payload data) {
    return Objects.requireNonNull(Envelope.of(data), "no envelope");
  }

  private static List<String> texts(Envelope envelope) {
    return envelope.messages().stream()
        .map(each -> each == null ? "none" : each.toString())
        .toList();
  }

  @Test
  void itIsWrittenAsNodeWorkersReadIt() {
    Envelope envelope = new Envelope("me", List.of(json("{ \"a\" : 1.0 }"), json("\"x\"")), false);

    assertThat(envelope.toPayload())
        .hasToString("{\"sender\":\"me\",\"messages\":[{ \"a\" : 1.0 },\"x\"]}");
  }

  @Test
  void aMessageWithoutDataIsNullForNodeAndNothingForUs() {
    List<@Nullable Payload> messages = Arrays.asList(null, Payload.of(null), null);
    Payload written = new Envelope("me", messages, false).toPayload();

    assertThat(written)
        .hasToString("{\"sender\":\"me\",\"messages\":[null,null,null],\"absent\":[0, 2]}");
    assertThat(texts(read(written))).containsExactly("none", "null", "none");
  }

  @Test
  void aServerVouchesForItsOwnMessages() {
    Payload written = new Envelope("me", List.of(json("1")), true).toPayload();

    assertThat(written).hasToString("{\"sender\":\"me\",\"messages\":[1],\"server\":true}");
    assertThat(read(written).isOfServer()).isTrue();
    assertThat(read(json("{\"messages\":[{\"server\":true}],\"server\":1}")).isOfServer())
        .isFalse();
  }

  @Test
  void theBytesOfEachMessagePassThroughUnchanged() {
    List<String> messages =
        List.of(
            "\"ünï\\u0041 \\\" , ]\"",
            "1.50E+2",
            "-0",
            "[ 1 ,[2]]",
            "{\"a\":{\"b\":[]},\"a\":2}",
            "true",
            "null",
            "\"\"",
            "123");
    Envelope read = read(json("{\"messages\" : [ " + String.join(" , ", messages) + " ]}"));

    assertThat(texts(read)).isEqualTo(messages);
    assertThat(read.sender()).isNull();
  }

  @Test
  void whatElseIsInItIsSkipped() {
    Envelope read =
        read(
            json(
                "{\"x\":{\"messages\":[1],\"sender\":\"no\"},\"sender\":{\"a\":1},\"y\":[[]],"
                    + "\"messages\":[7],\"sender\":\"me\",\"absent\":[5,-1,1e9,\"0\",[0],99999999999]}"));

    assertThat(texts(read)).containsExactly("7");
    assertThat(read.sender()).isEqualTo("me");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "\"text\"",
        "[]",
        "{}",
        "{\"sender\":\"me\"}",
        "{\"messages\":{}}",
        "{\"messages\":null,\"sender\":\"me\"}",
        "{\"messages\":[1",
        "{\"messages\":[1]",
        "{,}",
        "\u0001"
      })
  void anythingElseIsNoEnvelope(String text) {
    assertThat(Envelope.of(json(text))).isNull();
  }

  @Test
  void thePlacesOfAbsentMessagesCountOnlyBehindTheMessages() {
    assertThat(texts(read(json("{\"absent\":[0],\"messages\":[1]}")))).containsExactly("1");
  }

  @Test
  void anEnvelopeOfTooManyMessagesIsNone() {
    String many = String.join(",", Collections.nCopies(65_537, "0"));

    assertThat(Envelope.of(json("{\"messages\":[" + many + "]}"))).isNull();
    assertThat(read(json("{\"messages\":[" + many.substring(2) + "]}")).messages()).hasSize(65_536);
  }

  @Test
  void deepMessagesPass() {
    String deep = "[".repeat(990) + "]".repeat(990);

    assertThat(texts(read(json("{\"messages\":[" + deep + "]}")))).containsExactly(deep);
  }
}
