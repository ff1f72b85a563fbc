// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A growing array of bytes that MessagePack is written to. For one thread. */
final class MessageOutput {
  private byte[] out;
  private int size;

  MessageOutput(int capacity) {
    out = new byte[capacity];
  }

  /** The bytes. If the capacity was met exactly this is no copy: write nothing afterwards. */
  byte[] toBytes() {
    return size == out.length ? out : Arrays.copyOf(out, size);
  }

  private void reserve(int more) {
    if (out.length - size < more) {
      int wanted = Math.addExact(size, more);
      out = Arrays.copyOf(out, Math.max(wanted, out.length + (out.length >> 1)));
    }
  }

  void bytes(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, out, size, length);
    size += length;
  }

  private void oneByte(int value) {
    reserve(1);
    out[size++] = (byte) value;
  }

  private void bigEndian(long value, int bytes) {
    reserve(bytes);
    for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out[size++] = (byte) (value >> shift);
    }
  }

  private void sized(int format, long value, int bytes) {
    oneByte(format);
    bigEndian(value, bytes);
  }

  void nil() {
    oneByte(Format.NIL);
  }

  void bool(boolean value) {
    oneByte(value ? Format.TRUE : Format.FALSE);
  }

  /** A number as JavaScript has it: whole ones within 32 bits are written as such. */
  void number(double value) {
    int whole = (int) value;
    if (whole == value) {
      integer(whole);
    } else {
      sized(Format.FLOAT_64, Double.doubleToLongBits(value), Double.BYTES);
    }
  }

  private void integer(int value) {
    if (value >= -0x20 && value <= 0x7f) {
      oneByte(value);
    } else if (value >= 0) {
      if (value <= 0xff) {
        sized(Format.UINT_8, value, 1);
      } else if (value <= 0xffff) {
        sized(Format.UINT_16, value, 2);
      } else {
        sized(Format.UINT_32, value, 4);
      }
    } else if (value >= Byte.MIN_VALUE) {
      sized(Format.INT_8, value, 1);
    } else if (value >= Short.MIN_VALUE) {
      sized(Format.INT_16, value, 2);
    } else {
      sized(Format.INT_32, value, 4);
    }
  }

  /** Text as UTF-8; a lone surrogate, which that does not have, becomes a question mark. */
  void string(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int length = bytes.length;
    if (length < 0x20) {
      oneByte(Format.FIX_STRING | length);
    } else if (length <= 0xff) {
      sized(Format.STRING_8, length, 1);
    } else if (length <= 0xffff) {
      sized(Format.STRING_16, length, 2);
    } else {
      sized(Format.STRING_32, length, 4);
    }
    bytes(bytes, 0, length);
  }

  void binary(byte[] bytes) {
    int length = bytes.length;
    if (length < 0xff) { // 255 would fit, but the npm package has it so
      sized(Format.BIN_8, length, 1);
    } else if (length <= 0xffff) {
      sized(Format.BIN_16, length, 2);
    } else {
      sized(Format.BIN_32, length, 4);
    }
    bytes(bytes, 0, length);
  }

  /** What comes before the elements of an array. */
  void arrayHeader(int elements) {
    header(elements, Format.FIX_ARRAY, Format.ARRAY_16, Format.ARRAY_32);
  }

  /** What comes before the names and values of a map. */
  void mapHeader(int members) {
    header(members, Format.FIX_MAP, Format.MAP_16, Format.MAP_32);
  }

  private void header(int count, int fix, int format16, int format32) {
    if (count <= 0x0f) {
      oneByte(fix | count);
    } else if (count <= 0xffff) {
      sized(format16, count, 2);
    } else {
      sized(format32, count, 4);
    }
  }
}
