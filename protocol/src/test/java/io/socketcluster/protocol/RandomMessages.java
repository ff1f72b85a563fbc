// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.util.Random;

/** Valid JSON that likes to look like packets. */
final class RandomMessages {
  private static final String[] NAMES = {
    "event", "data", "cid", "rid", "error", "channel", "x", "", "evenT", "dat", "chann", "é€😀"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "12",
    "1.0",
    "1e3",
    "-7.25",
    "1E-2",
    "9007199254740992",
    "9007199254740993",
    "123456789012345678901234567890",
    "1e999",
    "0.1",
    "3e0",
    "2.5e1",
    "-9007199254740992"
  };
  private static final String[] PIECES = {
    "a", "hello", "#publish", "#", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\ud800",
        "\\uD83D\\uDE00",
    "é", "€", "😀", "\u007f", " ", "12345678", "{", "]", "\\u0000", "\uFFFF", "event"
  };
  private static final String[] SPACES = {"", "", "", "", " ", "\n", "\t\r\n  "};

  private final Random random;

  RandomMessages(Random random) {
    this.random = random;
  }

  String next() {
    StringBuilder out = new StringBuilder();
    space(out);
    if (random.nextInt(4) == 0) {
      batch(out);
    } else {
      packet(out);
    }
    space(out);
    return out.toString();
  }

  private void batch(StringBuilder out) {
    out.append('[');
    space(out);
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.append(',');
      }
      space(out);
      if (random.nextInt(8) == 0) {
        value(out, 2);
      } else {
        packet(out);
      }
      space(out);
    }
    out.append(']');
  }

  private void packet(StringBuilder out) {
    out.append('{');
    space(out);
    member(out, random.nextInt(3) == 0 ? "rid" : "event");
    for (int i = random.nextInt(5); i > 0; i--) {
      out.append(',');
      space(out);
      member(out, NAMES[random.nextInt(NAMES.length)]);
    }
    out.append('}');
  }

  private void member(StringBuilder out, String name) {
    out.append('"');
    for (int i = 0; i < name.length(); i++) {
      boolean escape = random.nextInt(12) == 0;
      out.append(escape ? "\\u%04x".formatted((int) name.charAt(i)) : name.substring(i, i + 1));
    }
    out.append('"');
    space(out);
    out.append(':');
    space(out);
    switch (random.nextInt(10) < 7 ? name : "") {
      case "event", "channel" -> string(out);
      case "cid", "rid" -> out.append(NUMBERS[random.nextInt(NUMBERS.length)]);
      case "data" -> packet(out);
      default -> value(out, 3);
    }
    space(out);
  }

  private void value(StringBuilder out, int depth) {
    switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 -> out.append("null");
      case 1 -> out.append(random.nextBoolean());
      case 2 -> out.append(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 3, 4 -> string(out);
      case 5 -> packet(out);
      default -> array(out, depth - 1);
    }
  }

  private void array(StringBuilder out, int depth) {
    out.append('[');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.append(',');
      }
      space(out);
      value(out, depth);
    }
    space(out);
    out.append(']');
  }

  private void string(StringBuilder out) {
    out.append('"');
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append(PIECES[random.nextInt(PIECES.length)]);
    }
    out.append('"');
  }

  private void space(StringBuilder out) {
    out.append(SPACES[random.nextInt(SPACES.length)]);
  }
}
