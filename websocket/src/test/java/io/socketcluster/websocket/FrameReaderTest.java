// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the frames of a client holds for those of a server. */
@ParameterizedClass
@EnumSource(Role.class)
class FrameReaderTest {
  private static final int MAX_PAYLOAD = 200_000;

  private final Recording told = new Recording();
  private final Role role;
  private final FrameReader reader;

  FrameReaderTest(Role role) {
    this.role = role;
    this.reader = new FrameReader(role, told, MAX_PAYLOAD, false);
  }

  /** Writes down what it is told. */
  private static final class Recording implements FrameReader.Sink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void onMessage(byte[] message, boolean binary, boolean compressed) {
      lines.add(
          (binary ? "binary " : "text ")
              + (compressed ? "compressed " : "")
              + ByteBufUtil.hexDump(message));
    }

    @Override
    public void onPing(byte[] payload) {
      lines.add("ping " + ByteBufUtil.hexDump(payload));
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

  /** Returns a frame of the peer; a server does not use the mask. */
  private byte[] frame(int first, int mask, byte[] payload) {
    int masked = role == Role.SERVER ? 0x80 : 0;
    ByteBuf frame = Unpooled.buffer().writeByte(first);
    if (payload.length < 126) {
      frame.writeByte(masked | payload.length);
    } else if (payload.length <= 0xFFFF) {
      frame.writeByte(masked | 126).writeShort(payload.length);
    } else {
      frame.writeByte(masked | 127).writeLong(payload.length);
    }
    if (masked == 0) {
      return ByteBufUtil.getBytes(frame.writeBytes(payload));
    }
    frame.writeInt(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.writeByte(payload[i] ^ (mask >>> (24 - 8 * (i % 4))));
    }
    return ByteBufUtil.getBytes(frame);
  }

  /**
   * Returns frames of the peer.
   *
   * @param hex as a server sends them, with a bar between two; perhaps not complete
   */
  private byte[] frames(String hex) {
    ByteBuf frames = Unpooled.buffer();
    for (String frame : hex.split("\\|", -1)) {
      byte[] bytes = ByteBufUtil.decodeHexDump(frame);
      int header = 2 + Map.of(126, 2, 127, 8).getOrDefault(bytes[1] & 0x7F, 0);
      if (role == Role.CLIENT || bytes.length < header) {
        bytes[1] |= (byte) (role == Role.CLIENT ? 0 : 0x80);
        frames.writeBytes(bytes);
      } else {
        frames.writeByte(bytes[0]).writeByte(0x80 | bytes[1]).writeBytes(bytes, 2, header - 2);
        frames.writeInt(0).writeBytes(bytes, header, bytes.length - header);
      }
    }
    return ByteBufUtil.getBytes(frames);
  }

  /** Returns a frame that is masked if and only if the peer must not mask its frames. */
  private byte[] wronglyMasked() {
    return ByteBufUtil.decodeHexDump(role == Role.CLIENT ? "818101020304AA" : "8105AAAAAAAAAA");
  }

  private static void readAll(FrameReader from, byte[] bytes) {
    ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
    while (buffer.isReadable()) {
      from.read(buffer);
    }
  }

  private void read(String hex) {
    readAll(reader, frames(hex));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 4096, 4097, 65_535, 65_536, 200_000})
  void aMessageComesWholeHoweverItWasCut(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    byte[] frame = frame(0x82, 0x1234_ABCD, payload);

    for (int part : new int[] {1, 2, 3, 5, 14, 1000, frame.length}) {
      for (int at = 0; at < frame.length; at += part) {
        readAll(reader, Arrays.copyOfRange(frame, at, Math.min(frame.length, at + part)));
      }
      assertThat(told.lines).containsExactly("binary " + ByteBufUtil.hexDump(payload));
      told.lines.clear();
    }
  }

  /** What the decoder of Netty makes of frames, this one has to make of them, too. */
  @RepeatedTest(50)
  void itUnderstandsFramesAsNettyDoes(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ByteBuf stream = Unpooled.buffer();
    boolean within = false;
    for (int i = 0; i < 100; i++) {
      boolean control = random.nextInt(4) == 0;
      byte[] payload = new byte[random.nextInt(control || random.nextBoolean() ? 126 : 3000)];
      random.nextBytes(payload);
      boolean last = control || random.nextBoolean();
      int opcode = control ? 9 + random.nextInt(2) : within ? 0 : 1 + random.nextInt(2);
      within = control ? within : !last;
      stream.writeBytes(frame((last ? 0x80 : 0) | opcode, random.nextInt(), payload));
    }
    stream.writeBytes(frame(within ? 0x80 : 0x81, 7, "end".getBytes(UTF_8)));
    stream.writeBytes(frame(0x88, random.nextInt(), new byte[] {0x0F, (byte) 0xA0, 'b', 'y', 'e'}));
    stream.writeBytes(frame(0x81, 1, new byte[3]));
    byte[] bytes = ByteBufUtil.getBytes(stream);

    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(5000));
      readAll(reader, Arrays.copyOfRange(bytes, at, end));
      at = end;
    }

    assertThat(told.lines).isEqualTo(toldByNetty(bytes)).last().isEqualTo("close 4000 bye");
  }

  private List<String> toldByNetty(byte[] bytes) {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(MAX_PAYLOAD)
            .expectMaskedFrames(role == Role.SERVER)
            .withUTF8Validator(false)
            .build();
    EmbeddedChannel netty =
        new EmbeddedChannel(
            new WebSocket13FrameDecoder(config), new WebSocketFrameAggregator(MAX_PAYLOAD));
    netty.writeInbound(Unpooled.wrappedBuffer(bytes));
    Recording recording = new Recording();
    WebSocketFrame frame = netty.readInbound();
    while (frame != null) {
      tell(frame, recording);
      frame.release();
      frame = netty.readInbound();
    }
    netty.finishAndReleaseAll();
    return recording.lines;
  }

  private static void tell(WebSocketFrame frame, Recording recording) {
    byte[] content = ByteBufUtil.getBytes(frame.content());
    switch (frame) {
      case TextWebSocketFrame text -> recording.onMessage(content, false, false);
      case BinaryWebSocketFrame binary -> recording.onMessage(content, true, false);
      case PingWebSocketFrame ping -> recording.onPing(content);
      case PongWebSocketFrame pong -> recording.onPong();
      case CloseWebSocketFrame close ->
          recording.onCloseFrame(close.statusCode(), close.reasonText());
      default -> throw new AssertionError(frame);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c100", // compressed, though nobody agreed to that
        "9100", // the other reserved bits
        "a100",
        "0900", // a ping in fragments
        "897e", // a ping that says it has more than 125 bytes
        "8300", // reserved opcodes
        "8b00",
        "8000", // the rest of no message
        "817e007d", // a length not in its shortest form
        "817f000000000000ffff",
        "817fffffffffffffffff", // a negative one
        "880100", // close frames: half a code, codes that must not be sent
        "88020000",
        "880203e7",
        "880203ec",
        "880203ed",
        "880203ee",
        "880203f7",
        "88020bb7",
        "88021388",
      })
  void whatBreaksTheRulesIsRefusedAndNothingBehindItIsRead(String hex) {
    assertThatThrownBy(() -> read(hex)).satisfies(error -> assertBreaks(error, 1002));

    readAll(reader, frame(0x81, 0, "late".getBytes(UTF_8)));
    assertThat(told.lines).isEmpty();
  }

  private static void assertBreaks(Throwable error, int code) {
    assertThat(error)
        .isInstanceOfSatisfying(
            ProtocolViolation.class, broken -> assertThat(broken.closeCode()).isEqualTo(code));
  }

  @Test
  void aClientHasToMaskItsFramesAndAServerMustNot() {
    assertThatThrownBy(() -> readAll(reader, wronglyMasked()))
        .satisfies(error -> assertBreaks(error, 1002));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1003, 1007, 1014, 3000, 4999})
  void aCodeThatMayBeSentIsTold(int code) {
    read("8802" + HexFormat.of().toHexDigits((short) code));
    assertThat(told.lines).containsExactly("close " + code + " ");
  }

  @Test
  void aMessageWithinAMessageIsRefused() {
    assertThatThrownBy(() -> read("0100|0100")).satisfies(error -> assertBreaks(error, 1002));
  }

  @Test
  void aReasonThatIsNoUtf8IsRefusedWith1007() {
    assertThatThrownBy(() -> read("880403e8c3c3")).satisfies(error -> assertBreaks(error, 1007));
  }

  @Test
  void aCloseFrameWithoutACodeIs1005() {
    read("8800");
    assertThat(told.lines).containsExactly("close 1005 ");
  }

  @Test
  void theFirstFrameOfAMessageMaySayThatItIsCompressedWhereThatWasAgreed() {
    FrameReader compressing = new FrameReader(role, told, MAX_PAYLOAD, true);
    readAll(compressing, frame(0x41, 7, new byte[] {1}));
    readAll(compressing, frame(0x80, 7, new byte[] {2}));
    readAll(compressing, frame(0x82, 7, new byte[] {3}));
    assertThat(told.lines).containsExactly("text compressed 0102", "binary 03");

    assertThatThrownBy(() -> readAll(compressing, frame(0xC9, 7, new byte[0])))
        .satisfies(error -> assertBreaks(error, 1002));
  }

  @Test
  void aMessageMayNotBecomeTooLongInFragmentsEither() {
    readAll(reader, frame(0x01, 1, new byte[MAX_PAYLOAD]));
    readAll(reader, frame(0x00, 1, new byte[0]));
    assertThatThrownBy(() -> readAll(reader, frame(0x80, 1, new byte[1])))
        .satisfies(error -> assertBreaks(error, 1009));
    assertThatThrownBy(
            () -> readAll(new FrameReader(role, told, 10, false), frame(0x81, 1, new byte[11])))
        .satisfies(error -> assertBreaks(error, 1009));
  }

  @Test
  void aReceiverThatFailsMissesNoLaterFrame() {
    List<Integer> seen = new ArrayList<>();
    FrameReader failing =
        new FrameReader(
            role,
            new FrameReader.Sink() {
              @Override
              public void onMessage(byte[] message, boolean binary, boolean compressed) {
                seen.add((int) message[0]);
                throw new IllegalStateException("first");
              }

              @Override
              public void onPing(byte[] payload) {}

              @Override
              public void onPong() {
                seen.add(0);
              }

              @Override
              public void onCloseFrame(int code, String reason) {}
            },
            MAX_PAYLOAD,
            false);
    ByteBuf bytes =
        Unpooled.wrappedBuffer(frame(0x81, 5, new byte[] {9}), frame(0x8A, 5, new byte[0]));

    assertThatThrownBy(() -> failing.read(bytes)).hasMessage("first");
    failing.read(bytes);
    assertThat(seen).containsExactly(9, 0);
  }

  /** The close frame of a peer that is told of its mistake, however it was cut. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "8300", // reserved opcode
        "f101aa", // reserved bits
        "090105", // control frame in fragments
        "897e000500aabbccdd", // control frame with a long length
        "817e0003aabbcc", // not the shortest length
        "800100", // the rest of no message
        "8104fefdfcfb|827f000000000000000100|810100", // and more
        "880203e7", // a close frame with the code 999
        "wrongly masked"
      })
  void behindABrokenFrameItStillSeesTheCloseFrame(String hex) {
    byte[] broken = hex.startsWith("w") ? wronglyMasked() : frames(hex);
    byte[] close = frame(0x88, 0x01020304, new byte[] {3, (byte) 0xEA});
    byte[] data = frame(0x82, 0x01020304, new byte[70_000]);
    for (int part : new int[] {1, 3, 1000}) {
      FrameReader from = new FrameReader(role, told, MAX_PAYLOAD, false);
      ByteBuf all = Unpooled.wrappedBuffer(broken, data, frame(0x89, 1, new byte[5]), close);
      while (all.isReadable()) {
        ByteBuf some = all.readSlice(Math.min(part, all.readableBytes()));
        while (some.isReadable()) {
          try {
            from.read(some);
          } catch (ProtocolViolation e) {
            told.lines.clear();
          }
        }
      }
      assertThat(told.lines).containsExactly("close 1005 ");
    }
  }

  @Test
  void onceItHasEndedItKeepsNothingAndSeesTheCloseFrameOnly() {
    byte[] begun = frame(0x02, 7, new byte[1000]);
    readAll(reader, Arrays.copyOf(begun, 500));
    reader.end();
    readAll(reader, Arrays.copyOfRange(begun, 500, begun.length));
    readAll(reader, frame(0x80, 7, new byte[3]));
    readAll(reader, frame(0x89, 7, new byte[3]));
    assertThat(told.lines).isEmpty();

    readAll(reader, frame(0x88, 7, new byte[] {3, (byte) 0xE8}));

    assertThat(told.lines).containsExactly("close 1005 ");
  }

  @Test
  void aLengthWithoutAnEndNeverEnds() {
    assertThatThrownBy(() -> read("827fffffffffffffffff"))
        .satisfies(error -> assertBreaks(error, 1002));
    readAll(reader, new byte[300_000]);
    readAll(reader, frame(0x88, 7, new byte[] {3, (byte) 0xE8}));

    assertThat(told.lines).isEmpty();
  }
}
