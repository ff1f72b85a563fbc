// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseFramesTest {
  private static String reason(@Nullable String given) {
    CloseWebSocketFrame frame = CloseFrames.of(4321, given);
    try {
      assertThat(frame.content().readableBytes()).isBetween(2, 125);
      assertThat(frame.statusCode()).isEqualTo(4321);
      return frame.reasonText();
    } finally {
      frame.release();
    }
  }

  @Test
  void aReasonThatFitsIsSentAsItIs() {
    assertThat(reason("enough")).isEqualTo("enough");
    assertThat(reason("x".repeat(123))).isEqualTo("x".repeat(123));
    assertThat(reason(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"x,123", "é,61", "€,41", "🦊,30"})
  void aLongReasonIsCutOffBetweenTwoCharacters(String character, int fitting) {
    assertThat(reason(character.repeat(200))).isEqualTo(character.repeat(fitting));
  }

  @Test
  void halfACharacterIsReplaced() {
    assertThat(reason("\ud83e")).isEqualTo("?");
  }
}
