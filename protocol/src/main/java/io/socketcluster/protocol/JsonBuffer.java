// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** A growing array of bytes that JSON text is written to, as UTF-8. For one thread. */
final class JsonBuffer {
  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

  private byte[] out;
  private int size;

  JsonBuffer(int capacity) {
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

  void ascii(char c) {
    reserve(1);
    out[size++] = (byte) c;
  }

  void bytes(byte[] bytes) {
    bytes(bytes, 0, bytes.length);
  }

  void bytes(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, out, size, length);
    size += length;
  }

  void number(long value) {
    byte[] digits = Long.toString(value).getBytes(ISO_8859_1);
    bytes(digits);
  }

  /** Text as a JSON string, escaped as JSON.stringify does it. */
  void string(String text) {
    int length = text.length();
    reserve(length + 2);
    out[size++] = '"';
    int i = 0;
    for (; i < length && isPlain(text.charAt(i)); i++) {
      out[size++] = (byte) text.charAt(i);
    }
    while (i < length) {
      i += character(text, i);
    }
    ascii('"');
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
  }

  /** Writes the character at an index; how many chars it has. */
  private int character(String text, int index) {
    char c = text.charAt(index);
    if (isPlain(c)) {
      ascii(c);
    } else if (c < 0x80) {
      escaped(c);
    } else {
      boolean pair =
          index + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(index + 1));
      codePoint(pair ? Character.toCodePoint(c, text.charAt(index + 1)) : c);
      return pair ? 2 : 1;
    }
    return 1;
  }

  private void escaped(char c) {
    int index = "\"\\\b\f\n\r\t".indexOf(c);
    if (index < 0) {
      unicodeEscape(c);
    } else {
      ascii('\\');
      ascii("\"\\bfnrt".charAt(index));
    }
  }

  /** A character as UTF-8; a lone surrogate, which UTF-8 does not have, as an escape. */
  void codePoint(int c) {
    reserve(6);
    if (c < 0x80) {
      out[size++] = (byte) c;
    } else if (c < 0x800) {
      out[size++] = (byte) (0xc0 | c >> 6);
      continuation(c);
    } else if (c >= 0x10000) {
      out[size++] = (byte) (0xf0 | c >> 18);
      continuation(c >> 12);
      continuation(c >> 6);
      continuation(c);
    } else if (Character.isSurrogate((char) c)) {
      unicodeEscape((char) c);
    } else {
      out[size++] = (byte) (0xe0 | c >> 12);
      continuation(c >> 6);
      continuation(c);
    }
  }

  private void continuation(int bits) {
    out[size++] = (byte) (0x80 | (bits & 0x3f));
  }

  private void unicodeEscape(char c) {
    reserve(6);
    out[size++] = '\\';
    out[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      out[size++] = HEX[c >> shift & 0xf];
    }
  }
}
