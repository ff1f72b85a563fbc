// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
  private static List<String> read(String packet) {
    return Framing.read(packet.getBytes(UTF_8)).stream()
        .map(body -> new String(body, UTF_8))
        .toList();
  }

  private static String write(String body) {
    return new String(Framing.write(body.getBytes(UTF_8)), UTF_8);
  }

  @Test
  void aPacketHasManyMessages() {
    assertThat(read("~m~5~m~abcde~m~9~m~123456789")).containsExactly("abcde", "123456789");
    assertThat(read("~m~0~m~~m~1~m~a")).containsExactly("", "a");
    assertThat(read("")).isEmpty();
  }

  @Test
  void lengthsCountUnitsOfUtf16() {
    assertThat(write("h\u00e9\ud83d\ude00")).isEqualTo("~m~4~m~h\u00e9\ud83d\ude00");
    assertThat(write("\u20ac")).isEqualTo("~m~1~m~\u20ac");
    assertThat(read("~m~4~m~h\u00e9\ud83d\ude00~m~1~m~\u20ac"))
        .containsExactly("h\u00e9\ud83d\ude00", "\u20ac");
  }

  @Test
  void bodiesMayLookLikeFrames() {
    String body = "~m~5~m~abcde";
    assertThat(read(write(body))).containsExactly(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "~m~",
        "~m~5",
        "~m~5~m",
        "~m~~m~abc",
        "~m~5xxxabcde",
        "~m~ 5~m~abcde",
        "~m~-1~m~a",
        "~m~4~m~abc",
        "~m~9999999999~m~a",
        "~m~1~m~\ud83d\ude00"
      })
  void whatIsMalformedEndsThePacket(String rest) {
    assertThat(read(rest)).isEmpty();
    assertThat(read("~m~5~m~abcde" + rest)).containsExactly("abcde");
  }
}
