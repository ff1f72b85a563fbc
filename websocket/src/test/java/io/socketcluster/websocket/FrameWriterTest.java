// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameWriterTest {
  private static byte[] taken(ByteBuf frame) {
    try {
      return ByteBufUtil.getBytes(frame);
    } finally {
      frame.release();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8100",
    "125, 817d",
    "126, 817e007e",
    "65535, 817effff",
    "65536, 817f0000000000010000"
  })
  void theHeaderOfATextFrameHasTheShortestFormOfItsLength(int length, String header) {
    byte[] frame =
        taken(FrameWriter.SERVER.message(ByteBufAllocator.DEFAULT, new byte[length], false));

    assertThat(ByteBufUtil.hexDump(frame)).startsWith(header);
    assertThat(frame).hasSize(header.length() / 2 + length);
  }

  @Test
  void aBinaryMessageIsABinaryFrame() {
    assertThat(taken(FrameWriter.SERVER.message(ByteBufAllocator.DEFAULT, new byte[] {7}, true)))
        .containsExactly(0x82, 1, 7);
  }

  @Test
  void aPingOfVersionTwoIsAnEmptyTextFrameThatCanBeSentAgainAndAgain() {
    for (int i = 0; i < 3; i++) {
      assertThat(taken(FrameWriter.emptyText())).containsExactly(0x81, 0);
    }
  }

  @Test
  void aCloseFrameCarriesCodeAndReason() {
    byte[] frame = taken(FrameWriter.SERVER.close(ByteBufAllocator.DEFAULT, 4001, "Pong"));

    assertThat(ByteBufUtil.hexDump(frame)).isEqualTo("88060fa1506f6e67");
  }

  @Test
  void aCloseFrameWithoutAStatusIsEmpty() {
    assertThat(taken(FrameWriter.SERVER.close(ByteBufAllocator.DEFAULT, 1005, "ignored")))
        .containsExactly(0x88, 0);
  }

  @ParameterizedTest
  @CsvSource({"é, 122", "€, 123", "😀, 120", "x, 123"})
  void aLongReasonIsCutBetweenTwoCharacters(String character, int bytes) {
    byte[] frame =
        taken(FrameWriter.SERVER.close(ByteBufAllocator.DEFAULT, 1000, character.repeat(200)));

    String reason = new String(frame, 4, frame.length - 4, UTF_8);
    assertThat(frame[1]).isEqualTo((byte) (2 + bytes));
    assertThat(reason).isEqualTo(character.repeat(reason.length() / character.length()));
    assertThat(reason.getBytes(UTF_8)).hasSize(bytes);
  }

  @Test
  void halfACharacterInAReasonIsReplaced() {
    byte[] frame = taken(FrameWriter.SERVER.close(ByteBufAllocator.DEFAULT, 1000, "a\uD83Db"));

    assertThat(new String(frame, 4, frame.length - 4, UTF_8)).startsWith("a").endsWith("b");
  }
}
