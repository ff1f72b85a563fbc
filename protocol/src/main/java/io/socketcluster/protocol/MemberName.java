// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

/** The names of members that mean something to the protocol. */
enum MemberName {
  EVENT("event"),
  DATA("data"),
  CID("cid"),
  RID("rid"),
  ERROR("error"),
  CHANNEL("channel"),
  TRACEPARENT("traceparent"),
  OTHER("");

  private static final int LONGEST_ESCAPED = 6 * "channel".length(); // each character a \\u0000

  private static final MemberName[] ALL = values();

  private final String name;

  MemberName(String name) {
    this.name = name;
  }

  /** The name that a string says; start and end are inside its quotes. */
  static MemberName of(byte[] in, int start, int end) {
    return switch (end - start) {
      case 3 -> in[start] == 'c' ? CID.ifSpelled(in, start) : RID.ifSpelled(in, start);
      case 4 -> DATA.ifSpelled(in, start);
      case 5 -> in[start + 1] == 'v' ? EVENT.ifSpelled(in, start) : ERROR.ifSpelled(in, start);
      case 7 -> CHANNEL.ifSpelled(in, start);
      case 11 -> TRACEPARENT.ifSpelled(in, start); // no other name has this length with escapes
      default -> end - start <= LONGEST_ESCAPED ? ofEscaped(in, start, end) : OTHER;
    };
  }

  private MemberName ifSpelled(byte[] in, int start) {
    for (int i = 0; i < name.length(); i++) {
      if (in[start + i] != name.charAt(i)) {
        return OTHER;
      }
    }
    return this;
  }

  private static MemberName ofEscaped(byte[] in, int start, int end) {
    if (JsonStrings.indexOfBackslash(in, start, end) < end) {
      String said = JsonStrings.decode(in, start, end);
      for (MemberName known : ALL) {
        if (known.name.equals(said)) {
          return known;
        }
      }
    }
    return OTHER;
  }
}
