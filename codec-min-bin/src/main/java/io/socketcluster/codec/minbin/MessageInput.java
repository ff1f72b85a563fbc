// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.MalformedMessageException;
import io.socketcluster.protocol.Utf8;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads MessagePack from an array of bytes, one value after the other. A length that was read is
 * never bigger than what is left of the message. For one thread.
 */
final class MessageInput {
  private final byte[] in;
  private final ByteBuffer numbers; // big endian, as MessagePack is
  private final int end;
  private int pos;

  MessageInput(byte[] in, int start, int end) {
    this.in = in;
    this.numbers = ByteBuffer.wrap(in);
    this.end = end;
    this.pos = start;
  }

  int position() {
    return pos;
  }

  boolean isAtEnd() {
    return pos == end;
  }

  MalformedMessageException malformed(String why) {
    return new MalformedMessageException(
        CloseCode.INVALID_DATA, "The message is no MessagePack: " + why + " at byte " + pos);
  }

  private int first() {
    if (pos >= end) {
      throw malformed("a value is missing");
    }
    return in[pos] & 0xff;
  }

  /** What comes next; nothing is read. */
  ValueKind kind() {
    ValueKind kind = ValueKind.of(first());
    if (kind == ValueKind.NONE) {
      throw malformed("an unknown format");
    }
    return kind;
  }

  /** Over a nil. */
  void nil() {
    pos++;
  }

  boolean bool() {
    return (in[pos++] & 0xff) == Format.TRUE;
  }

  /** Over a number of this many bytes and its first byte; where the number starts. */
  private int number(int size) {
    if (end - pos <= size) {
      throw malformed("a number is cut off");
    }
    int start = pos + 1;
    pos = start + size;
    return start;
  }

  /** A whole number; one over 2^63 comes out negative, see {@link #isOverLong()}. */
  long integer() {
    int first = first();
    return switch (first) {
      case Format.UINT_8 -> numbers.get(number(1)) & 0xffL;
      case Format.UINT_16 -> numbers.getShort(number(2)) & 0xffffL;
      case Format.UINT_32 -> numbers.getInt(number(4)) & 0xffff_ffffL;
      case Format.INT_8 -> numbers.get(number(1));
      case Format.INT_16 -> numbers.getShort(number(2));
      case Format.INT_32 -> numbers.getInt(number(4));
      case Format.UINT_64, Format.INT_64 -> numbers.getLong(number(8));
      default -> in[pos++];
    };
  }

  /** Whether a whole number comes that a long does not hold; nothing is read. */
  boolean isOverLong() {
    return first() == Format.UINT_64 && end - pos > 1 && in[pos + 1] < 0;
  }

  BigInteger bigInteger() {
    int start = number(Long.BYTES);
    return new BigInteger(1, Arrays.copyOfRange(in, start, pos));
  }

  double floating() {
    return first() == Format.FLOAT_32
        ? numbers.getFloat(number(Float.BYTES))
        : numbers.getDouble(number(Double.BYTES));
  }

  /** How many elements follow; each has at least a byte. */
  int arrayHeader() {
    int first = first();
    return switch (first) {
      case Format.ARRAY_16 -> size(2, 1);
      case Format.ARRAY_32 -> size(4, 1);
      default -> fixSize(first & 0x0f, 1);
    };
  }

  /** How many pairs follow; each has at least two bytes. */
  int mapHeader() {
    int first = first();
    return switch (first) {
      case Format.MAP_16 -> size(2, 2);
      case Format.MAP_32 -> size(4, 2);
      default -> fixSize(first & 0x0f, 2);
    };
  }

  private int stringHeader() {
    int first = first();
    return switch (first) {
      case Format.STRING_8 -> size(1, 1);
      case Format.STRING_16 -> size(2, 1);
      case Format.STRING_32 -> size(4, 1);
      default -> fixSize(first & 0x1f, 1);
    };
  }

  private int binaryHeader() {
    return switch (first()) {
      case Format.BIN_8 -> size(1, 1);
      case Format.BIN_16 -> size(2, 1);
      default -> size(4, 1);
    };
  }

  /** How many bytes an extension has, behind that of its type. */
  int extensionHeader() {
    int first = first();
    return switch (first) {
      case Format.EXT_8 -> size(1, 1);
      case Format.EXT_16 -> size(2, 1);
      case Format.EXT_32 -> size(4, 1);
      default -> fixSize(1 << (first - Format.FIX_EXT_1), 1);
    };
  }

  private int fixSize(int count, int least) {
    pos++;
    return checked(count, least);
  }

  private int size(int bytes, int least) {
    int start = number(bytes);
    long count =
        switch (bytes) {
          case 1 -> numbers.get(start) & 0xffL;
          case 2 -> numbers.getShort(start) & 0xffffL;
          default -> numbers.getInt(start) & 0xffff_ffffL;
        };
    return checked(count, least);
  }

  private int checked(long count, int least) {
    if (count * least > end - pos) {
      throw malformed("a value is cut off");
    }
    return (int) count;
  }

  /** Over a string; where its bytes are. They are valid UTF-8. */
  int skipString() {
    int length = stringHeader();
    int start = pos;
    pos += length;
    Utf8.check(in, start, pos);
    return start;
  }

  String string() {
    int start = skipString();
    return new String(in, start, pos - start, StandardCharsets.UTF_8);
  }

  byte[] binary() {
    return bytes(binaryHeader());
  }

  int extensionType() {
    return in[pos++];
  }

  /** The next bytes, of which there are so many. */
  byte[] bytes(int length) {
    pos += length;
    return Arrays.copyOfRange(in, pos - length, pos);
  }

  void skipBinary() {
    int length = binaryHeader();
    pos += length;
  }

  void skipExtension() {
    long withType = extensionHeader() + 1L;
    pos += checked(withType, 1);
  }
}
