// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.UUID;

/**
 * Tells the messages of one engine from those of all others, for Redis sends a publisher its own
 * messages, too: 32 hexadecimal digits before the message. A message without them, which begins
 * with a brace, comes from a program that is no engine. Immutable.
 */
final class Stamp {
  private static final int LENGTH = 32;

  private final byte[] digits = UUID.randomUUID().toString().replace("-", "").getBytes(US_ASCII);

  byte[] put(byte[] message) {
    byte[] stamped = Arrays.copyOf(digits, LENGTH + message.length);
    System.arraycopy(message, 0, stamped, LENGTH, message.length);
    return stamped;
  }

  boolean isOn(byte[] stamped) {
    return stamped.length >= LENGTH && Arrays.equals(stamped, 0, LENGTH, digits, 0, LENGTH);
  }

  /** Returns the message behind the stamp of any engine. */
  static byte[] remove(byte[] stamped) {
    boolean hasNone = stamped.length < LENGTH || stamped[0] == '{';
    return hasNone ? stamped : Arrays.copyOfRange(stamped, LENGTH, stamped.length);
  }
}
