// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The framing of messages in UTF-8: {@code ~m~LENGTH~m~BODY}, one behind the other. The length
 * counts the units of UTF-16, as JavaScript does.
 */
public final class Framing {
  private static final byte[] MARK = "~m~".getBytes(US_ASCII);
  private static final int MOST_DIGITS = 9;
  private static final int TWO_UNITS_FROM = 0xF0; // the first byte of four
  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;

  private Framing() {}

  /** Returns a body as a message. */
  public static byte[] write(byte[] body) {
    byte[] head = ("~m~" + units(body) + "~m~").getBytes(US_ASCII);
    byte[] message = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, message, head.length, body.length);
    return message;
  }

  private static int units(byte[] text) {
    int units = 0;
    for (byte each : text) {
      units += unitsOf(each);
    }
    return units;
  }

  /** Returns how many units the character has that begins with a byte; 0 if none begins there. */
  private static int unitsOf(byte utf8) {
    if ((utf8 & CONTINUATION_MASK) == CONTINUATION) {
      return 0;
    }
    return (utf8 & 0xFF) >= TWO_UNITS_FROM ? 2 : 1;
  }

  /**
   * Returns the bodies of a packet, up to the first message that is malformed: what follows it
   * cannot be told from its body.
   */
  public static List<byte[]> read(byte[] packet) {
    List<byte[]> bodies = new ArrayList<>(1);
    int at = 0;
    while (at < packet.length) {
      int digits = skipMark(packet, at);
      int end = digits < 0 ? -1 : endOfDigits(packet, digits);
      int body = end < 0 ? -1 : skipMark(packet, end);
      int next = body < 0 ? -1 : skipUnits(packet, body, number(packet, digits, end));
      if (next < 0) {
        return bodies;
      }
      bodies.add(Arrays.copyOfRange(packet, body, next));
      at = next;
    }
    return bodies;
  }

  private static int skipMark(byte[] packet, int at) {
    int end = at + MARK.length;
    return end <= packet.length && Arrays.equals(packet, at, end, MARK, 0, MARK.length) ? end : -1;
  }

  private static int endOfDigits(byte[] packet, int from) {
    int at = from;
    while (at < packet.length && packet[at] >= '0' && packet[at] <= '9') {
      at++;
    }
    return at == from || at - from > MOST_DIGITS ? -1 : at;
  }

  private static int number(byte[] packet, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + packet[i] - '0';
    }
    return number;
  }

  /** Returns -1 when there are fewer units, or when they end within a character. */
  private static int skipUnits(byte[] packet, int from, int units) {
    int left = units;
    int at = from;
    while (at < packet.length) {
      int next = unitsOf(packet[at]);
      if (next > 0 && left == 0) {
        return at;
      }
      left -= next;
      if (left < 0) {
        return -1;
      }
      at++;
    }
    return left == 0 ? at : -1;
  }
}
