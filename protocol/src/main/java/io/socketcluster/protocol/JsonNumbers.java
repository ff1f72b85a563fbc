// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The numbers of RFC 8259: where one ends, and whether it is an integer. */
final class JsonNumbers {
  /** No integer. No call id can have this value. */
  static final long NONE = Long.MIN_VALUE;

  private static final long HIGHEST = 1L << 53; // up to here a JavaScript number is exact
  private static final int LONGEST_INTEGER = 17; // the digits of HIGHEST, and a sign

  private JsonNumbers() {}

  /** The end of the number that starts at {@code start}. */
  static int skip(byte[] in, int start, int end) {
    int pos = in[start] == '-' ? start + 1 : start;
    pos = pos < end && in[pos] == '0' ? pos + 1 : skipDigits(in, pos, end);
    if (pos < end && in[pos] == '.') {
      pos = skipDigits(in, pos + 1, end);
    }
    if (pos < end && (in[pos] | 0x20) == 'e') {
      pos++;
      boolean signed = pos < end && (in[pos] == '+' || in[pos] == '-');
      pos = skipDigits(in, signed ? pos + 1 : pos, end);
    }
    return pos;
  }

  private static int skipDigits(byte[] in, int start, int end) {
    int pos = start;
    while (pos < end && isDigit(in[pos])) {
      pos++;
    }
    if (pos == start) {
      throw new NotJsonException();
    }
    return pos;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /**
   * The integer that a JSON value is.
   *
   * @return {@link #NONE} if it is no number, has a fraction, or is beyond plus or minus 2^53
   */
  static long integer(byte[] in, long slice) {
    if (slice == Slice.NONE) {
      return NONE;
    }
    int start = Slice.start(slice);
    int end = Slice.end(slice);
    boolean negative = in[start] == '-';
    int digits = negative ? start + 1 : start;
    if (!isDigit(in[digits])) {
      return NONE;
    }
    long value = 0;
    for (int pos = digits; pos < end; pos++) {
      if (!isDigit(in[pos])) {
        return integerOfDecimal(new String(in, start, end - start, ISO_8859_1));
      }
      if (pos - start >= LONGEST_INTEGER) {
        continue; // too long for an integer, but a fraction or an exponent may follow
      }
      value = value * 10 + (in[pos] - '0');
    }
    return end - start > LONGEST_INTEGER || value > HIGHEST ? NONE : negative ? -value : value;
  }

  private static long integerOfDecimal(String number) {
    double value = Double.parseDouble(number);
    return value == Math.rint(value) && Math.abs(value) <= HIGHEST ? (long) value : NONE;
  }
}
