// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The strings of RFC 8259: where one ends, what it says, and how it is written. */
final class JsonStrings {
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = EACH_BYTE * '"';
  private static final long BACKSLASHES = EACH_BYTE * '\\';
  private static final long SPACES = EACH_BYTE * ' ';

  private JsonStrings() {}

  /**
   * The end of a string.
   *
   * @param start after its opening quote
   * @return after its closing quote
   */
  static int skip(byte[] in, int start, int end) {
    int pos = start;
    for (; ; ) {
      pos = skipPlain(in, pos, end);
      if (pos == end) {
        throw new NotJsonException();
      }
      byte b = in[pos];
      if (b == '"') {
        return pos + 1;
      }
      if (b < 0) {
        pos = skipNonAscii(in, pos, end);
      } else if (b == '\\') {
        pos = skipEscape(in, pos + 1, end);
      } else {
        throw new NotJsonException(); // a control character
      }
    }
  }

  private static int skipNonAscii(byte[] in, int start, int end) {
    int pos = start;
    while (pos < end && in[pos] < 0) {
      pos = Utf8.skipSequence(in, pos, end);
    }
    return pos;
  }

  /** To the next byte that is a quote, a backslash, a control character or not ASCII. */
  private static int skipPlain(byte[] in, int start, int end) {
    int pos = start;
    for (int last = end - Long.BYTES; pos <= last; pos += Long.BYTES) {
      long special = special(Utf8.word(in, pos));
      if (special != 0) {
        return pos + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    while (pos < end && in[pos] >= ' ' && in[pos] != '"' && in[pos] != '\\') {
      pos++;
    }
    return pos;
  }

  /**
   * The high bit of each byte that is special. Subtracting borrows from the next byte only where a
   * byte is special, so the lowest bit set is always right; those above it may not be. A byte that
   * is not ASCII keeps its high bit in at least one of the first two differences.
   */
  private static long special(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    long found = (quote - EACH_BYTE) | (backslash - EACH_BYTE) | (word - SPACES);
    return found & HIGH_BITS;
  }

  private static int skipEscape(byte[] in, int pos, int end) {
    if (pos < end) {
      switch (in[pos]) {
        case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
          return pos + 1;
        }
        case 'u' -> {
          if (end - pos > 4 && isHex(in, pos + 1)) {
            return pos + 5;
          }
        }
        default -> {}
      }
    }
    throw new NotJsonException();
  }

  private static boolean isHex(byte[] in, int pos) {
    return (hex(in[pos]) | hex(in[pos + 1]) | hex(in[pos + 2]) | hex(in[pos + 3])) >= 0;
  }

  private static int hex(byte b) {
    return Character.digit(b, 16); // bytes that are not ASCII are negative: no digit
  }

  /**
   * What a string says. Lone surrogates are kept, as JSON.parse does.
   *
   * @param start after its opening quote
   * @param end before its closing quote
   */
  static String decode(byte[] in, int start, int end) {
    int escape = indexOfBackslash(in, start, end);
    if (escape == end) {
      return new String(in, start, end - start, UTF_8);
    }
    StringBuilder text = new StringBuilder(end - start);
    int pos = start;
    while (escape < end) {
      text.append(new String(in, pos, escape - pos, UTF_8));
      pos = appendEscape(text, in, escape + 1);
      escape = indexOfBackslash(in, pos, end);
    }
    return text.append(new String(in, pos, end - pos, UTF_8)).toString();
  }

  static int indexOfBackslash(byte[] in, int start, int end) {
    int pos = start;
    while (pos < end && in[pos] != '\\') {
      pos++;
    }
    return pos;
  }

  private static int appendEscape(StringBuilder text, byte[] in, int pos) {
    switch (in[pos]) {
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        int high = hex(in[pos + 1]) << 12 | hex(in[pos + 2]) << 8;
        text.append((char) (high | hex(in[pos + 3]) << 4 | hex(in[pos + 4])));
        return pos + 5;
      }
      default -> text.append((char) in[pos]);
    }
    return pos + 1;
  }

  /** The same valid JSON text, with surrogates, lone ones too, as characters of their own. */
  static String unescapeSurrogates(String json) {
    if (!json.contains("\\ud") && !json.contains("\\uD")) {
      return json;
    }
    StringBuilder text = new StringBuilder(json.length());
    int pos = 0;
    for (int escape; (escape = json.indexOf('\\', pos)) >= 0; ) {
      text.append(json, pos, escape);
      boolean unicode = json.charAt(escape + 1) == 'u';
      pos = escape + (unicode ? 6 : 2);
      int c = unicode ? Integer.parseInt(json, escape + 2, pos, 16) : 0;
      if (Character.isSurrogate((char) c)) {
        text.append((char) c);
      } else {
        text.append(json, escape, pos);
      }
    }
    return text.append(json, pos, json.length()).toString();
  }

  /** A string as JSON, quotes included. */
  static byte[] encode(String text) {
    JsonBuffer buffer = new JsonBuffer(text.length() + 2);
    buffer.string(text);
    return buffer.toBytes();
  }
}
