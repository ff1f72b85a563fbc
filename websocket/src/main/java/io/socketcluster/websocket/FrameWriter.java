// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Builds the frames that an end of a connection sends (RFC 6455, 5.2): final ones in direct
 * buffers. The writer of a server is thread-safe. The writer of a client belongs to one event loop.
 */
public final class FrameWriter {
  /** Writes the frames of a server, which have no mask. */
  public static final FrameWriter SERVER = new FrameWriter(null);

  private static final int FINAL = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int MASKED = 0x80;
  private static final int SHORT_FOLLOWS = 126;
  private static final int LONG_FOLLOWS = 127;
  private static final int MAX_SHORT = 0xFFFF;

  private static final ByteBuf EMPTY_TEXT =
      Unpooled.unreleasableBuffer(
              Unpooled.directBuffer(2).writeByte(FINAL | FrameHeader.TEXT).writeByte(0))
          .asReadOnly();

  private final @Nullable MaskKeys keys; // null: frames have no mask

  private FrameWriter(@Nullable MaskKeys keys) {
    this.keys = keys;
  }

  /** Returns a writer for this end of one connection. */
  public static FrameWriter of(Role role) {
    return role.masks() ? new FrameWriter(new MaskKeys()) : SERVER;
  }

  /** Returns a message as one frame. */
  public ByteBuf message(ByteBufAllocator allocator, byte[] message, boolean binary) {
    return frame(allocator, FINAL | opcode(binary), message);
  }

  /** Returns a message as one frame, compressed if a compressor is given and that is better. */
  public ByteBuf message(
      ByteBufAllocator allocator, byte[] message, boolean binary, @Nullable Deflation compressor) {
    ByteBuf compressed =
        compressor == null ? null : compressor.frame(this, allocator, message, binary);
    return compressed == null ? message(allocator, message, binary) : compressed;
  }

  /** Returns a message that is compressed already as one frame. */
  ByteBuf compressed(ByteBufAllocator allocator, ByteBuf content, boolean binary) {
    int length = content.readableBytes();
    ByteBuf frame = begin(allocator, FINAL | COMPRESSED | opcode(binary), length);
    return end(frame.writeBytes(content), length);
  }

  private static int opcode(boolean binary) {
    return binary ? FrameHeader.BINARY : FrameHeader.TEXT;
  }

  /** Returns the empty text frame of a server that is a ping of protocol version 2. */
  public static ByteBuf emptyText() {
    return EMPTY_TEXT.duplicate();
  }

  /** Returns the answer to a ping. */
  public ByteBuf pong(ByteBufAllocator allocator, byte[] payload) {
    return frame(allocator, FINAL | FrameHeader.PONG, payload);
  }

  /**
   * Returns a close frame.
   *
   * @param code 1005: a frame without code and reason
   * @param reason cut between two characters when it has more than 123 bytes
   */
  public ByteBuf close(ByteBufAllocator allocator, int code, @Nullable String reason) {
    return frame(allocator, FINAL | FrameHeader.CLOSE, CloseFrame.body(code, reason));
  }

  private ByteBuf frame(ByteBufAllocator allocator, int firstByte, byte[] payload) {
    return end(begin(allocator, firstByte, payload.length).writeBytes(payload), payload.length);
  }

  private ByteBuf begin(ByteBufAllocator allocator, int firstByte, int length) {
    // No room behind it: TLS appends small frames to large ones, and this one may be shared.
    ByteBuf frame = allocator.directBuffer(headerLength(length) + length);
    int mask = keys == null ? 0 : MASKED;
    frame.writeByte(firstByte);
    if (length < SHORT_FOLLOWS) {
      frame.writeByte(mask | length);
    } else if (length <= MAX_SHORT) {
      frame.writeByte(mask | SHORT_FOLLOWS).writeShort(length);
    } else {
      frame.writeByte(mask | LONG_FOLLOWS).writeLong(length);
    }
    return keys == null ? frame : frame.writeZero(Integer.BYTES);
  }

  /** Masks the payload of a client's frame. */
  private ByteBuf end(ByteBuf frame, int length) {
    if (keys != null) {
      int key = keys.next();
      int header = headerLength(length);
      frame.setInt(frame.readerIndex() + header - Integer.BYTES, key);
      Mask.apply(key, frame, header);
    }
    return frame;
  }

  private int headerLength(int length) {
    int mask = keys == null ? 0 : Integer.BYTES;
    if (length < SHORT_FOLLOWS) {
      return 2 + mask;
    }
    return (length <= MAX_SHORT ? 4 : 10) + mask;
  }
}
