// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds the frames a server sends (RFC 6455, 5.2): final and without a mask. */
public final class Frames {
  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_BINARY = 0x82;
  private static final int FINAL_CLOSE = 0x88;
  private static final int FINAL_PONG = 0x8A;
  private static final int COMPRESSED = 0x40;
  private static final int MAX_HEADER = 10;
  private static final int MAX_REASON_BYTES = 123;
  private static final int NO_STATUS = 1005;

  private static final ByteBuf EMPTY_TEXT =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer(2).writeByte(FINAL_TEXT).writeByte(0))
          .asReadOnly();

  private Frames() {}

  /** Returns a message as one frame in a direct buffer. */
  public static ByteBuf message(ByteBufAllocator allocator, byte[] message, boolean binary) {
    // No room behind it: TLS appends small frames to large ones, and this one may be shared.
    ByteBuf frame = allocator.directBuffer(headerLength(message.length) + message.length);
    writeHeader(frame, binary ? FINAL_BINARY : FINAL_TEXT, message.length);
    return frame.writeBytes(message);
  }

  /** Returns a message that is compressed already as one frame in a direct buffer. */
  static ByteBuf compressed(ByteBufAllocator allocator, ByteBuf content, boolean binary) {
    int length = content.readableBytes();
    ByteBuf frame = allocator.directBuffer(headerLength(length) + length);
    writeHeader(frame, COMPRESSED | (binary ? FINAL_BINARY : FINAL_TEXT), length);
    return frame.writeBytes(content);
  }

  /** Returns the empty text frame that is a ping of protocol version 2. */
  static ByteBuf emptyText() {
    return EMPTY_TEXT.duplicate();
  }

  static ByteBuf pong(ByteBufAllocator allocator, byte[] payload) {
    ByteBuf frame = allocator.directBuffer(headerLength(payload.length) + payload.length);
    writeHeader(frame, FINAL_PONG, payload.length);
    return frame.writeBytes(payload);
  }

  static ByteBuf close(ByteBufAllocator allocator, int code, @Nullable String reason) {
    if (code == NO_STATUS) {
      return allocator.directBuffer(2).writeByte(FINAL_CLOSE).writeByte(0);
    }
    ByteBuffer text = truncated(reason == null ? "" : reason);
    ByteBuf frame = allocator.directBuffer(4 + text.remaining());
    return frame
        .writeByte(FINAL_CLOSE)
        .writeByte(2 + text.remaining())
        .writeShort(code)
        .writeBytes(text);
  }

  private static int headerLength(int length) {
    if (length < 126) {
      return 2;
    }
    return length <= 0xFFFF ? 4 : MAX_HEADER;
  }

  private static void writeHeader(ByteBuf frame, int firstByte, int length) {
    frame.writeByte(firstByte);
    if (length < 126) {
      frame.writeByte(length);
    } else if (length <= 0xFFFF) {
      frame.writeByte(126).writeShort(length);
    } else {
      frame.writeByte(127).writeLong(length);
    }
  }

  /** A close frame has room for 123 bytes; a character is not cut in two. */
  private static ByteBuffer truncated(String reason) {
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer text = ByteBuffer.allocate(MAX_REASON_BYTES);
    encoder.encode(CharBuffer.wrap(reason), text, true);
    return text.flip();
  }
}
