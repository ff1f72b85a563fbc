// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3629, at every position of the eight bytes that are read at a time. */
class Utf8Test {
  private static final int POSITIONS = 17;
  private final JsonCodec codec = new JsonCodec();

  @ParameterizedTest
  @ValueSource(
      strings = {
        // continuation without a lead
        "80",
        "bf",
        "8080",
        "a0",
        // overlong
        "c080",
        "c0af",
        "c1bf",
        "e08080",
        "e09fbf",
        "f0808080",
        "f08fbfbf",
        "c022",
        "e0809f",
        // surrogates
        "eda080",
        "edadbf",
        "edb080",
        "edbfbf",
        "eda080edb080",
        // over U+10FFFF and leads that never are
        "f4908080",
        "f5808080",
        "f7bfbfbf",
        "f888808080",
        "fc8480808080",
        "fe",
        "ff",
        "feff",
        // cut off by another character
        "c2",
        "c241",
        "e2",
        "e282",
        "e28241",
        "e241ac",
        "f0",
        "f09f",
        "f09f98",
        "f09f9841",
        "f09f4180",
        "f0419880",
        "c2c2a9",
        "e2e282ac",
        "e282e2",
        "f09f98f0",
        "dfc0",
        "efbf",
        "efbfc0",
        "f48fbf"
      })
  void refusesEveryKindOfViolationEverywhere(String hex) {
    byte[] violation = HexFormat.of().parseHex(hex);
    for (int before = 0; before < POSITIONS; before++) {
      for (int after = 0; after < 9; after++) {
        String left = "a".repeat(before);
        String right = "b".repeat(after);
        refused(message("{\"event\":\"e\",\"data\":\"" + left, violation, right + "\"}"));
        refused(message("{\"event\":\"e\",\"" + left, violation, right + "\":1}"));
        refused(message(left, violation, right));
        refused(message("{" + left, violation, right + "}"));
      }
    }
  }

  @Test
  void refusesAViolationAfterTheJsonWentWrong() {
    refused(message("{\"event\":oops", new byte[] {(byte) 0xff}, ""));
    refused(message("{\"event\":\"e\"} trailing", new byte[] {(byte) 0xc2}, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "\u007f",
        "\u0080",
        "\u07ff",
        "\u0800",
        "\u0fff",
        "\u1000",
        "\ud7ff",
        "\ue000",
        "\ufffd",
        "\uffff",
        "\ud800\udc00",
        "\ud8bf\udfff",
        "\udbff\udfff",
        "é€😀",
        "日本語のテキスト"
      })
  void acceptsTheEdgesEverywhere(String text) {
    for (int before = 0; before < POSITIONS; before++) {
      String padded = "a".repeat(before) + text + "b".repeat(before % 9);
      assertThat(codec.decode(padded.getBytes(UTF_8))).containsExactly(new RawPacket(padded));
      if (text.charAt(0) != 0) { // which a JSON string has only as an escape
        byte[] packet = ("{\"event\":\"" + padded + "\"}").getBytes(UTF_8);
        assertThat(codec.decode(packet).getFirst())
            .isInstanceOfSatisfying(
                EventPacket.class, event -> assertThat(event.event()).isEqualTo(padded));
      }
    }
  }

  @Test
  void agreesWithTheJdkOnEverythingOfTwoBytes() {
    for (int first = 0x80; first <= 0xff; first++) {
      for (int second = 0; second <= 0xff; second++) {
        agrees(new byte[] {(byte) first, (byte) second});
      }
    }
  }

  @Test
  void agreesWithTheJdkOnRandomSequences() {
    Random random = new Random(3629);
    byte[] edges =
        HexFormat.of().parseHex("7f808f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5ff4180bfa0");
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(7)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = edges[random.nextInt(edges.length)];
      }
      agrees(bytes);
    }
  }

  private static void agrees(byte[] bytes) {
    boolean valid;
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      valid = true;
    } catch (CharacterCodingException violation) {
      valid = false;
    }
    if (isAccepted(bytes) != valid) {
      fail(HexFormat.of().formatHex(bytes));
    }
  }

  private static boolean isAccepted(byte[] bytes) {
    try {
      Utf8.check(bytes, 0, bytes.length);
      return true;
    } catch (MalformedMessageException violation) {
      return false;
    }
  }

  @Test
  void saysWhereTheViolationIs() {
    assertThatThrownBy(() -> codec.decode(message("abc", new byte[] {(byte) 0xff}, "")))
        .hasMessage("The message is no valid UTF-8 at byte 3");
  }

  private void refused(byte[] message) {
    try {
      codec.decode(message);
    } catch (MalformedMessageException violation) {
      if (violation.closeCode() == CloseCode.INVALID_DATA) {
        return;
      }
    }
    fail(new String(message, ISO_8859_1));
  }

  private static byte[] message(String left, byte[] middle, String right) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(left.getBytes(UTF_8));
    message.writeBytes(middle);
    message.writeBytes(right.getBytes(UTF_8));
    return message.toByteArray();
  }
}
