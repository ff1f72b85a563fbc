// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Walks over JSON text (RFC 8259), byte by byte, once. It builds nothing and does not recurse; what
 * is open is one bit per level. Every method takes a position and gives the one after what it read.
 *
 * <p>Throws {@link NotJsonException} where the text breaks the grammar, {@link
 * MalformedMessageException} where it is no UTF-8 or over a limit.
 */
final class JsonScanner {
  private static final byte END = -1; // a byte that is in no JSON text outside of strings

  final byte[] in;
  final int end;
  private final JsonLimits limits;
  private int depth;
  private int values; // of the packet
  private long shallow; // is it an object: levels 0 to 63
  private long @Nullable [] deep; // the same from level 64 on

  JsonScanner(byte[] in, int end, JsonLimits limits) {
    this.in = in;
    this.end = end;
    this.limits = limits;
  }

  /** Begins to count the values of another packet. */
  void beginPacket() {
    values = 0;
  }

  /** How many values the packet has. */
  int values() {
    return values;
  }

  byte at(int pos) {
    return pos < end ? in[pos] : END;
  }

  int skipWhitespace(int start) {
    int pos = start;
    while (pos < end && in[pos] <= ' ' && isWhitespace(in[pos])) {
      pos++;
    }
    return pos;
  }

  private static boolean isWhitespace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Opens an array or object; the position is its bracket's. */
  int enter(int pos, boolean object) {
    if (depth == limits.maxDepth()) {
      throw MalformedMessageException.overLimit("a nesting depth", limits.maxDepth());
    }
    long bit = 1L << depth;
    int word = depth >> 6;
    if (word == 0) {
      shallow = object ? shallow | bit : shallow & ~bit;
    } else {
      if (deep == null) {
        deep = new long[(limits.maxDepth() >> 6) + 1];
      }
      deep[word] = object ? deep[word] | bit : deep[word] & ~bit;
    }
    depth++;
    return skipWhitespace(pos + 1);
  }

  /** Closes the innermost array or object; the position is its bracket's. */
  int leave(int pos) {
    depth--;
    return pos + 1;
  }

  private boolean isInObject() {
    int level = depth - 1;
    long kinds = level < Long.SIZE || deep == null ? shallow : deep[level >> 6];
    return (kinds >>> level & 1) != 0;
  }

  /** Over a string; the position is its opening quote's. */
  int skipString(int pos) {
    if (at(pos) != '"') {
      throw new NotJsonException();
    }
    return JsonStrings.skip(in, pos + 1, end);
  }

  /** Over the colon after a name, to the value. */
  int skipColon(int start) {
    int pos = skipWhitespace(start);
    if (at(pos) != ':') {
      throw new NotJsonException();
    }
    return skipWhitespace(pos + 1);
  }

  /** Over a value, however deep. */
  int skipValue(int start) {
    int outside = depth;
    int pos = start;
    do {
      pos = skipToEndOfFirst(pos);
      pos = skipToNext(pos, outside);
    } while (depth > outside);
    return pos;
  }

  /** Into arrays and objects up to the first value that has none inside, and over it. */
  private int skipToEndOfFirst(int start) {
    int pos = start;
    for (; ; ) {
      limits.checkValues(++values);
      byte b = at(pos);
      boolean object = b == '{';
      if (!object && b != '[') {
        return skipScalar(b, pos);
      }
      pos = enter(pos, object);
      if (at(pos) == (object ? '}' : ']')) {
        return leave(pos);
      }
      if (object) {
        pos = skipColon(skipString(pos));
      }
    }
  }

  /** Out of arrays and objects that end here, to the next value inside of {@code outside}. */
  private int skipToNext(int start, int outside) {
    int pos = start;
    while (depth > outside) {
      pos = skipWhitespace(pos);
      byte b = at(pos);
      boolean object = isInObject();
      if (b == ',') {
        pos = skipWhitespace(pos + 1);
        return object ? skipColon(skipString(pos)) : pos;
      }
      if (b != (object ? '}' : ']')) {
        throw new NotJsonException();
      }
      pos = leave(pos);
    }
    return pos;
  }

  private int skipScalar(byte first, int pos) {
    return switch (first) {
      case '"' -> JsonStrings.skip(in, pos + 1, end);
      case 't' -> skipLiteral(pos, "true");
      case 'f' -> skipLiteral(pos, "false");
      case 'n' -> skipLiteral(pos, "null");
      default -> skipNumber(pos);
    };
  }

  private int skipLiteral(int pos, String literal) {
    for (int i = 0; i < literal.length(); i++) {
      if (at(pos + i) != literal.charAt(i)) {
        throw new NotJsonException();
      }
    }
    return pos + literal.length();
  }

  private int skipNumber(int pos) {
    if (pos >= end) {
      throw new NotJsonException();
    }
    int after = JsonNumbers.skip(in, pos, end);
    if (after - pos > limits.maxNumberLength()) {
      throw MalformedMessageException.overLimit("a number length", limits.maxNumberLength());
    }
    return after;
  }
}
