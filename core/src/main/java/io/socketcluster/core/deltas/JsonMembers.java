// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.Payload;
import java.util.HashMap;
import java.util.Map;

/**
 * The members of an object as the text in which they came: a tree of doubles would round decimals.
 * Names stay as they are written, with their escapes. Used once.
 */
public final class JsonMembers {
  private final byte[] json;
  private int position;

  private JsonMembers(byte[] json) {
    this.json = json;
  }

  /** Returns the members; none if the value is no object. The last one of a name counts. */
  public static Map<String, Payload> of(Payload value) {
    return new JsonMembers(ExactTree.twin(value).toBytes()).read();
  }

  private Map<String, Payload> read() {
    Map<String, Payload> members = new HashMap<>();
    if (next() != '{') {
      return members;
    }
    position++;
    while (next() != '}') {
      int name = position + 1;
      skipString();
      String text = new String(json, name, position - 1 - name, UTF_8);
      next();
      position++; // the colon
      next();
      int start = position;
      skipValue();
      members.put(text, Payload.ofJson(json, start, position - start));
      if (next() == ',') {
        position++;
      }
    }
    return members;
  }

  /** Skips white space. */
  private byte next() {
    while (json[position] <= ' ' && json[position] >= 0) {
      position++;
    }
    return json[position];
  }

  private void skipString() {
    position++;
    while (json[position] != '"') {
      position += json[position] == '\\' ? 2 : 1;
    }
    position++;
  }

  private void skipValue() {
    int depth = 0;
    do {
      switch (json[position]) {
        case '"' -> skipString();
        case '{', '[' -> {
          depth++;
          position++;
        }
        case '}', ']' -> {
          depth--;
          position++;
        }
        default -> position++;
      }
    } while (depth > 0 || !endsValue());
  }

  /** Text of an object ends with its brace, so there is a byte here. */
  private boolean endsValue() {
    return switch (json[position]) {
      case ',', '}', ']', ' ', '\n', '\r', '\t' -> true;
      default -> false;
    };
  }
}
