// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.io.Writer;

/** Takes JSON text from Jackson, and is the one place where lone surrogates in it are escaped. */
final class BufferWriter extends Writer {
  private final JsonBuffer buffer;
  private char high; // a high surrogate whose other half may be in the next piece

  BufferWriter(JsonBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public void write(char[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(text[i]);
    }
  }

  private void write(char c) {
    if (high != 0) {
      char first = high;
      high = 0;
      if (Character.isLowSurrogate(c)) {
        buffer.codePoint(Character.toCodePoint(first, c));
        return;
      }
      buffer.codePoint(first);
    }
    if (Character.isHighSurrogate(c)) {
      high = c; // always in a string, so that at least its quote follows
    } else {
      buffer.codePoint(c);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
