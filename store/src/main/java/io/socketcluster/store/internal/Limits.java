// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.store.StoreOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Holds paths, values and times to the limits of a store. */
final class Limits {
  private static final Duration LONGEST_EXPIRY = Duration.ofDays(1000);
  private static final int BRACKETS = 2; // of an array or an object, or the quotes of a text
  private static final int MEMBER = 4; // quotes, colon and comma of a member
  private static final int ONE_BYTE = 0x80;
  private static final int TWO_BYTES = 0x800;

  private final StoreOptions options;

  Limits(StoreOptions options) {
    this.options = options;
  }

  /** Checks a path that must have a key. */
  void checkPath(List<String> path) {
    if (path.isEmpty()) {
      throw new InvalidArgumentsError("The path is empty; allowed: one key or more");
    }
    if (path.size() > options.depthLimit()) {
      throw new ResourceLimitError(
          "The path has " + path.size() + " keys; depthLimit is " + options.depthLimit());
    }
    path.forEach(this::checkKey);
  }

  void checkKey(String key) {
    if (key.length() > options.keyLengthLimit()) {
      throw new ResourceLimitError(
          "A key has "
              + key.length()
              + " characters; keyLengthLimit is "
              + options.keyLengthLimit());
    }
    if (key.codePoints().anyMatch(each -> Character.getType(each) == Character.SURROGATE)) {
      throw new InvalidArgumentsError("A key has half of a surrogate pair; allowed: any Unicode");
    }
  }

  static void checkExpiry(Duration after) {
    if (after.toMillis() < 1 || after.compareTo(LONGEST_EXPIRY) > 0) {
      throw new InvalidArgumentsError(
          "The expiry is " + after + "; allowed: 1 ms to " + LONGEST_EXPIRY.toDays() + " days");
    }
  }

  /** Returns the size of the value of a key as JSON in UTF-8, without escapes. */
  int measure(JsonNode value) {
    return Math.toIntExact(size(value, 1, 0));
  }

  /** Adds the size of a value to those before; stops when it is too much. */
  private long size(JsonNode node, int depth, long before) {
    if (depth > options.depthLimit()) {
      throw new ResourceLimitError(
          "The value is nested deeper than depthLimit, which is " + options.depthLimit());
    }
    long size = before + BRACKETS;
    switch (node) {
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> each : object.properties()) {
          size = size(each.getValue(), depth + 1, size + MEMBER + utf8(each.getKey()));
        }
      }
      case ArrayNode array -> {
        for (JsonNode each : array.values()) {
          size = size(each, depth + 1, size + 1);
        }
      }
      case StringNode text -> size += utf8(text.stringValue());
      default -> size = before + (node.isMissingNode() ? 0 : node.toString().length());
    }
    if (size > options.valueLimit()) {
      throw new ResourceLimitError(
          "The value of a first key would have more bytes than valueLimit, which is "
              + options.valueLimit());
    }
    return size;
  }

  private static int utf8(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean two = each < TWO_BYTES || Character.isSurrogate(each); // a pair has four
      bytes += each < ONE_BYTE ? 1 : two ? 2 : 3;
    }
    return bytes;
  }
}
