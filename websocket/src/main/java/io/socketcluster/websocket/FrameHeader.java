// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import io.netty.buffer.ByteBuf;

/**
 * The header of the frame that the peer is sending (RFC 6455, 5.2), however it was cut into reads.
 * Event loop only.
 */
final class FrameHeader {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  private static final int FINAL = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int CONTROL = 0x8;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int SHORT_FOLLOWS = 126;
  private static final int LONG_FOLLOWS = 127;
  private static final int FIRST_BYTES = 2;

  private final boolean masked; // whether the peer has to mask
  private final boolean compression;
  private boolean lenient;
  private int first;
  private int second;
  private int read;
  private long length;
  private int mask;

  /**
   * @param sender the end that sends the frames
   * @param compression whether messages may come compressed
   */
  FrameHeader(Role sender, boolean compression) {
    this.masked = sender.masks();
    this.compression = compression;
  }

  /** Breaks no rule any more: only where frames begin and end still matters. */
  void acceptAnything() {
    lenient = true;
  }

  /**
   * Takes what there is of the header; returns whether it is complete.
   *
   * @throws ProtocolViolation when it breaks the rules
   */
  boolean read(ByteBuf bytes) {
    while (bytes.isReadable() && !isComplete()) {
      accept(bytes.readUnsignedByte());
    }
    return isComplete();
  }

  private boolean isComplete() {
    return read == FIRST_BYTES + lengthBytes() + maskBytes();
  }

  private int maskBytes() {
    return isMasked() ? Integer.BYTES : 0;
  }

  private boolean isMasked() {
    return (second & MASKED) != 0;
  }

  private int lengthBytes() {
    return switch (second & LENGTH) {
      case SHORT_FOLLOWS -> Short.BYTES;
      case LONG_FOLLOWS -> Long.BYTES;
      default -> 0;
    };
  }

  /** After an exception it goes on behind the byte that caused it. */
  private void accept(int next) {
    int at = read++;
    if (at == 0) {
      first = next;
    } else if (at == 1) {
      second = next;
      length = lengthBytes() == 0 ? next & LENGTH : 0;
    } else if (at < FIRST_BYTES + lengthBytes()) {
      length = length << Byte.SIZE | next;
    } else {
      mask = mask << Byte.SIZE | next;
    }
    if (!lenient) {
      check();
    }
  }

  private void check() {
    if (read == FIRST_BYTES) {
      checkFirstBytes();
    }
    if (read == FIRST_BYTES + lengthBytes()) {
      checkLength();
    }
  }

  private void checkFirstBytes() {
    int allowed = compression && (opcode() == TEXT || opcode() == BINARY) ? COMPRESSED : 0;
    if ((first & RESERVED & ~allowed) != 0) {
      throw ProtocolViolation.ofFrame("Reserved bits in the first byte " + first);
    }
    if (isMasked() != masked) {
      throw ProtocolViolation.ofFrame(
          masked ? "A frame of a client without a mask" : "A frame of a server with a mask");
    }
    switch (opcode()) {
      case CONTINUATION, TEXT, BINARY -> {}
      case CLOSE, PING, PONG -> {
        if (!isFinal() || (second & LENGTH) >= SHORT_FOLLOWS) {
          throw ProtocolViolation.ofFrame(
              "A control frame in fragments or with more than 125 bytes");
        }
      }
      default -> throw ProtocolViolation.ofFrame("Reserved opcode " + opcode());
    }
  }

  private void checkLength() {
    boolean shortest =
        switch (lengthBytes()) {
          case Short.BYTES -> length >= SHORT_FOLLOWS;
          case Long.BYTES -> length > 0xFFFF;
          default -> true;
        };
    if (!shortest) {
      throw ProtocolViolation.ofFrame("A length that is negative or not in its shortest form");
    }
  }

  int opcode() {
    return first & OPCODE;
  }

  boolean isControl() {
    return (first & CONTROL) != 0;
  }

  boolean isFinal() {
    return (first & FINAL) != 0;
  }

  boolean isCompressed() {
    return (first & COMPRESSED) != 0;
  }

  /** Returns how many bytes the payload has. */
  long length() {
    return length;
  }

  /** Takes the mask off a whole payload, if it has one. */
  void unmask(byte[] payload) {
    if (isMasked()) {
      Mask.apply(mask, payload);
    }
  }

  /** The next byte begins another frame. */
  void reset() {
    read = 0;
    second = 0;
    length = 0;
  }
}
