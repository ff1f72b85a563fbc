// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What either end writes is read by Netty, and by the reader of the other end. */
@ParameterizedClass
@EnumSource(Role.class)
class FrameWriterRolesTest {
  private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;
  private static final int MAX_PAYLOAD = 1_000_000;

  private final Role role;
  private final FrameWriter writer;

  FrameWriterRolesTest(Role role) {
    this.role = role;
    this.writer = FrameWriter.of(role);
  }

  /** Reads one frame as Netty does, which refuses a mask that is missing or too much. */
  private void readByNetty(ByteBuf frame, Consumer<WebSocketFrame> test) {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(MAX_PAYLOAD)
            .allowExtensions(true)
            .expectMaskedFrames(role == Role.CLIENT)
            .build();
    EmbeddedChannel netty = new EmbeddedChannel(new WebSocket13FrameDecoder(config));
    netty.writeInbound(frame);
    WebSocketFrame read = netty.readInbound();
    try {
      assertThat(netty.inboundMessages()).isEmpty();
      test.accept(read);
    } finally {
      read.release();
      netty.finishAndReleaseAll();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 15, 125, 126, 127, 65_535, 65_536, 100_003})
  void aMessageOfAnyLengthComesAsItWas(int length) {
    byte[] message = new byte[length];
    new Random(length).nextBytes(message);

    readByNetty(
        writer.message(ALLOCATOR, message, true),
        frame -> {
          assertThat(frame).isInstanceOf(BinaryWebSocketFrame.class);
          assertThat(ByteBufUtil.getBytes(frame.content())).isEqualTo(message);
        });
    assertThat(readByThePeer(writer.message(ALLOCATOR, message, true)))
        .containsExactly("message true false " + ByteBufUtil.hexDump(message));
  }

  @Test
  void aFrameHasNoRoomBehindIt() {
    ByteBuf frame = writer.message(ALLOCATOR, new byte[300], false);
    assertThat(frame.isDirect()).isTrue();
    assertThat(frame.writableBytes()).isZero();
    frame.release();
  }

  @Test
  void aCompressedMessageHasTheBitThatSaysSo() {
    ByteBuf content = Unpooled.wrappedBuffer(new byte[] {1, 2, 3});
    readByNetty(
        writer.compressed(ALLOCATOR, content, false),
        frame -> {
          assertThat(frame).isInstanceOf(TextWebSocketFrame.class);
          assertThat(frame.rsv()).isEqualTo(4);
          assertThat(ByteBufUtil.getBytes(frame.content())).containsExactly(1, 2, 3);
        });
  }

  @Test
  void aPongCarriesThePayloadOfThePing() {
    byte[] payload = "as it came".getBytes(UTF_8);
    readByNetty(
        writer.pong(ALLOCATOR, payload),
        frame -> {
          assertThat(frame).isInstanceOf(PongWebSocketFrame.class);
          assertThat(ByteBufUtil.getBytes(frame.content())).isEqualTo(payload);
        });
    assertThat(readByThePeer(writer.pong(ALLOCATOR, payload))).containsExactly("pong");
  }

  @Test
  void aCloseFrameCarriesCodeAndReason() {
    readByNetty(
        writer.close(ALLOCATOR, 4001, "Pong"),
        frame -> {
          CloseWebSocketFrame close = (CloseWebSocketFrame) frame;
          assertThat(close.statusCode()).isEqualTo(4001);
          assertThat(close.reasonText()).isEqualTo("Pong");
        });
    assertThat(readByThePeer(writer.close(ALLOCATOR, 4001, "€".repeat(50))))
        .containsExactly("close 4001 " + "€".repeat(41));
    assertThat(readByThePeer(writer.close(ALLOCATOR, 1005, null))).containsExactly("close 1005 ");
  }

  @Test
  void eachFrameOfAClientHasAnotherMask() {
    Set<String> masked = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ByteBuf frame = writer.message(ALLOCATOR, new byte[8], false);
      masked.add(ByteBufUtil.hexDump(frame));
      frame.release();
    }

    assertThat(masked).hasSizeBetween(role == Role.CLIENT ? 95 : 1, role == Role.CLIENT ? 100 : 1);
  }

  private List<String> readByThePeer(ByteBuf frame) {
    List<String> told = new ArrayList<>();
    FrameReader reader = new FrameReader(role.peer(), new Told(told), MAX_PAYLOAD, true);
    try {
      while (frame.isReadable()) {
        reader.read(frame);
      }
    } finally {
      frame.release();
    }
    return told;
  }

  private record Told(List<String> lines) implements FrameReader.Sink {
    @Override
    public void onMessage(byte[] message, boolean binary, boolean compressed) {
      lines.add("message " + binary + " " + compressed + " " + ByteBufUtil.hexDump(message));
    }

    @Override
    public void onPing(byte[] payload) {
      lines.add("ping");
    }

    @Override
    public void onPong() {
      lines.add("pong");
    }

    @Override
    public void onCloseFrame(int code, String reason) {
      lines.add("close " + code + " " + reason);
    }
  }
}
