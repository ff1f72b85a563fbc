// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The NATS subjects of channels. A channel name may hold any character and be empty or long, a
 * subject may not: dots part its tokens, {@code *} and {@code >} are wildcards, blanks end it, and
 * a server closes the connection over a line of more than 4,096 bytes.
 *
 * <p>A name becomes one token {@code PREFIX.c.NAME}, in which {@code =} and four hexadecimal digits
 * stand for each UTF-16 unit that is not harmless. A longer one becomes {@code PREFIX.h.DIGEST}. No
 * two short names have the same subject; for long ones that holds as far as SHA-256 holds.
 * Immutable.
 */
final class Subjects {
  private static final int LONGEST = 1_024;
  private static final char ESCAPE = '=';

  private static final String CLEAR = "c.";
  private static final String HASHED = "h.";

  private final String prefix;

  Subjects(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  String of(String channel) {
    return prefix + "." + ofChannel(channel);
  }

  /** Returns the two tokens behind the prefix. */
  String ofChannel(String channel) {
    if (channel.isEmpty()) {
      return CLEAR + ESCAPE; // no escape of a character has this form
    }
    if (channel.length() > LONGEST) {
      return HASHED + digest(channel);
    }
    String name = escaped(channel);
    return name.length() > LONGEST ? HASHED + digest(channel) : CLEAR + name;
  }

  private static String escaped(String channel) {
    if (channel.chars().allMatch(Subjects::isHarmless)) {
      return channel;
    }
    StringBuilder token = new StringBuilder(channel.length() + 16);
    channel.chars().forEach(each -> append(token, (char) each));
    return token.toString();
  }

  private static void append(StringBuilder token, char each) {
    if (isHarmless(each)) {
      token.append(each);
    } else {
      token.append(ESCAPE).append(HexFormat.of().toHexDigits(each));
    }
  }

  private static boolean isHarmless(int each) {
    return each > ' ' && each < 127 && each != '.' && each != '*' && each != '>' && each != ESCAPE;
  }

  private static String digest(String channel) {
    try {
      byte[] name = channel.getBytes(UTF_16BE);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
