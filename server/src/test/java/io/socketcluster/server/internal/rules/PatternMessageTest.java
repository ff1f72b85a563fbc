// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternMessageTest {
  private static Payload json(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"room/1", "", "room/\"1\"", "r\u00e4ume/\ud83d\ude00"})
  void aMessageNamesItsChannel(String channel) {
    assertThat(PatternMessage.channelOf(PatternMessage.of(channel, Payload.of(1))))
        .isEqualTo(channel);
    assertThat(PatternMessage.channelOf(PatternMessage.of(channel, null))).isEqualTo(channel);
  }

  @Test
  void theDataIsNotDecoded() {
    assertThat(PatternMessage.channelOf(json("{\"channel\":\"a\",\"data\":{\"is not")))
        .isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\":1}", "{\"channel\":1}", "{}", "[]", "1", "{\"channel"})
  void anotherMessageNamesNone(String text) {
    assertThat(PatternMessage.channelOf(json(text))).isNull();
    assertThat(PatternMessage.channelOf(null)).isNull();
  }
}
