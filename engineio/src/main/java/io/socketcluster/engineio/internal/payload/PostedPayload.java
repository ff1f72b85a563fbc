// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the packets that a client has posted, as UTF-8 each. */
public final class PostedPayload {
  private static final String FIELD = "d=";
  private static final int MOST_DIGITS = 9;
  private static final int END_OF_LENGTH = 0xFF;

  /** A line feed as the client escapes it, or the escaped text of such an escape. */
  private static final Pattern LINE_FEED = Pattern.compile("(\\\\)?\\\\n");

  private PostedPayload() {}

  /** A body in none of the forms. */
  public static final class MalformedPayloadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedPayloadException(String message) {
      super(message, null, false, false);
    }
  }

  /** Reads a body of {@code application/octet-stream}. */
  public static List<byte[]> binary(byte[] body) {
    List<byte[]> packets = new ArrayList<>();
    int at = 0;
    while (at < body.length) {
      if (body[at] != 0) {
        throw new MalformedPayloadException(
            "A binary packet, which no client of SocketCluster has");
      }
      int length = 0;
      int digits = 0;
      for (at++; at < body.length && (body[at] & 0xFF) != END_OF_LENGTH; at++) {
        length = addDigit(length, body[at], ++digits);
      }
      packets.add(Arrays.copyOfRange(body, requireRoom(++at, length, body.length), at + length));
      at += length;
    }
    return packets;
  }

  /** Reads a body of text, whose characters are the bytes of UTF-8. */
  public static List<byte[]> text(byte[] body) {
    return text(new String(body, UTF_8));
  }

  /** Reads the field {@code d} of a form. */
  public static List<byte[]> form(byte[] body) {
    String form = new String(body, ISO_8859_1);
    if (!form.startsWith(FIELD) || form.indexOf('&') >= 0) {
      throw new MalformedPayloadException("A form without the field d alone");
    }
    String field;
    try {
      field = URLDecoder.decode(form.substring(FIELD.length()), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedPayloadException("A form that is not encoded");
    }
    String lines =
        LINE_FEED
            .matcher(field)
            .replaceAll(
                found -> Matcher.quoteReplacement(found.group(1) == null ? "\n" : found.group()));
    return text(lines.replace("\\\\n", "\\n"));
  }

  private static List<byte[]> text(String payload) {
    List<byte[]> packets = new ArrayList<>();
    int at = 0;
    while (at < payload.length()) {
      int length = 0;
      int digits = 0;
      for (; at < payload.length() && payload.charAt(at) != ':'; at++) {
        length = addDigit(length, payload.charAt(at) - '0', ++digits);
      }
      requireRoom(++at, length, payload.length());
      packets.add(bytes(payload.substring(at, at + length)));
      at += length;
    }
    return packets;
  }

  private static int addDigit(int length, int digit, int digits) {
    if (digit < 0 || digit > 9 || digits > MOST_DIGITS) {
      throw new MalformedPayloadException("A length that is no number");
    }
    return length * 10 + digit;
  }

  private static int requireRoom(int at, int length, int all) {
    if (length == 0 || length > all - at) {
      throw new MalformedPayloadException("A packet that is empty or ends too soon");
    }
    return at;
  }

  /** Characters beyond a byte are those of a client that does not encode twice. */
  private static byte[] bytes(String packet) {
    boolean isTwice = packet.chars().allMatch(each -> each <= 0xFF);
    return packet.getBytes(isTwice ? ISO_8859_1 : UTF_8);
  }
}
