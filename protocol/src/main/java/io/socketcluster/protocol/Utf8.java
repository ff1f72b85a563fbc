// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Strict UTF-8 (RFC 3629): shortest forms, no surrogates, nothing over U+10FFFF. Stateless. */
public final class Utf8 {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** Eight bytes as one number, the first byte lowest. */
  static long word(byte[] in, int pos) {
    return (long) WORD.get(in, pos);
  }

  /**
   * Checks a part of an array.
   *
   * @throws MalformedMessageException if it is no valid UTF-8
   */
  public static void check(byte[] in, int start, int end) {
    int pos = start;
    while (pos < end) {
      if (in[pos] < 0) {
        pos = skipSequence(in, pos, end);
      } else if (pos + Long.BYTES <= end && (word(in, pos) & HIGH_BITS) == 0) {
        pos += Long.BYTES;
      } else {
        pos++;
      }
    }
  }

  /**
   * The end of the character of several bytes that starts at {@code pos}.
   *
   * @throws MalformedMessageException if there is none
   */
  static int skipSequence(byte[] in, int pos, int end) {
    int lead = in[pos] & 0xff;
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || end - pos < length || !isSecond(lead, in[pos + 1])) {
      throw MalformedMessageException.utf8(pos);
    }
    if ((length > 2 && !isContinuation(in[pos + 2]))
        || (length > 3 && !isContinuation(in[pos + 3]))) {
      throw MalformedMessageException.utf8(pos);
    }
    return pos + length;
  }

  private static boolean isSecond(int lead, byte second) {
    int bits = second & 0x3f;
    return isContinuation(second)
        && (lead != 0xe0 || bits >= 0x20) // a shorter form exists
        && (lead != 0xed || bits < 0x20) // a surrogate
        && (lead != 0xf0 || bits >= 0x10) // a shorter form exists
        && (lead != 0xf4 || bits < 0x10); // over U+10FFFF
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xc0) == 0x80;
  }
}
