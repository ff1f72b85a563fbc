// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the difference between two values as a JSON Patch (RFC 6902) of {@code add}, {@code remove}
 * and {@code replace}. The patch is not always the shortest one: whoever publishes decides what is
 * compared, so the steps and the size are bounded. Used once.
 */
public final class JsonDiff {
  /** Limits the nodes that are compared, less than a millisecond. */
  private static final int MOST_STEPS = 10_000;

  /** Limits how far behind its place an element of an array is looked for. */
  private static final int SIGHT = 4;

  /** Of an operation besides its path and its value. */
  private static final int OPERATION_BYTES = 27;

  private final StringBuilder path = new StringBuilder();
  private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();
  private int steps = MOST_STEPS;
  private long room;

  private JsonDiff(int mostBytes) {
    this.room = mostBytes;
  }

  /**
   * Returns the patch that turns one value into another.
   *
   * @param mostBytes about how long the patch may be
   * @return null if the values are not both objects or both arrays, or no short patch was found
   */
  public static @Nullable ArrayNode between(JsonNode before, JsonNode after, int mostBytes) {
    if (!areComparable(before, after)) {
      return null;
    }
    JsonDiff diff = new JsonDiff(mostBytes);
    diff.compare(before, after);
    return diff.isGivenUp() ? null : diff.operations;
  }

  private static boolean areComparable(JsonNode before, JsonNode after) {
    return before.isObject()
        ? after.isObject() && !isIndivisible(before) && !isIndivisible(after)
        : before.isArray() && after.isArray();
  }

  /**
   * Bytes are no object in other codecs than JSON, and codecs in JavaScript may lose a member
   * {@code __proto__}: such objects are replaced as a whole.
   */
  private static boolean isIndivisible(JsonNode object) {
    return object.path("base64").booleanValue(false) || object.has("__proto__");
  }

  private boolean isGivenUp() {
    return room < 0 || steps < 0;
  }

  private void compare(JsonNode before, JsonNode after) {
    if (isGivenUp()) {
      return;
    }
    steps--;
    if (!areComparable(before, after)) {
      if (!isSame(before, after)) {
        add("replace", after);
      }
    } else if (before.isObject()) {
      compareObjects(before, after);
    } else {
      new Elements(before, after).compare();
    }
  }

  private void compareObjects(JsonNode before, JsonNode after) {
    for (Map.Entry<String, JsonNode> member : before.properties()) {
      JsonNode newer = after.get(member.getKey());
      if (newer == null) {
        addAt(member.getKey(), "remove", null);
      } else {
        compareAt(member.getKey(), member.getValue(), newer);
      }
    }
    for (Map.Entry<String, JsonNode> member : after.properties()) {
      if (!before.has(member.getKey())) {
        addAt(member.getKey(), "add", member.getValue());
      }
    }
  }

  private void compareAt(String step, JsonNode before, JsonNode after) {
    int length = path.length();
    JsonPointers.append(path, step);
    compare(before, after);
    path.setLength(length);
  }

  private void addAt(String step, String operation, @Nullable JsonNode value) {
    int length = path.length();
    JsonPointers.append(path, step);
    add(operation, value);
    path.setLength(length);
  }

  private void add(String operation, @Nullable JsonNode value) {
    room -= OPERATION_BYTES + path.length();
    if (isGivenUp()) {
      return;
    }
    ObjectNode added = operations.addObject().put("op", operation).put("path", path.toString());
    if (value != null) {
      added.set("value", value);
    }
  }

  private boolean isSame(JsonNode one, JsonNode other) {
    if (--steps < 0) {
      return false;
    }
    if (one.isObject() && other.isObject()) {
      return one.size() == other.size() && hasSameMembers(one, other);
    }
    if (one.isArray() && other.isArray()) {
      return one.size() == other.size() && hasSameElements(one, other);
    }
    if (one.isBigDecimal() && other.isBigDecimal()) {
      return isSameDecimal(one.decimalValue(), other.decimalValue());
    }
    return one.equals(other);
  }

  /** Decimals are compared by their digits and their scale: 1.00 is another value than 1.0. */
  private static boolean isSameDecimal(BigDecimal one, BigDecimal other) {
    return one.scale() == other.scale() && one.unscaledValue().equals(other.unscaledValue());
  }

  private boolean hasSameMembers(JsonNode one, JsonNode other) {
    for (Map.Entry<String, JsonNode> member : one.properties()) {
      JsonNode another = other.get(member.getKey());
      if (another == null || !isSame(member.getValue(), another)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasSameElements(JsonNode one, JsonNode other) {
    for (int i = 0; i < one.size(); i++) {
      if (!isSame(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Walks through two arrays side by side. What the patch has changed so far is the beginning of
   * the newer one, so the index there is that of the next operation.
   */
  private final class Elements {
    private final JsonNode before;
    private final JsonNode after;
    private int older;
    private int newer;

    Elements(JsonNode before, JsonNode after) {
      this.before = before;
      this.after = after;
    }

    void compare() {
      while (older < before.size() && newer < after.size() && !isGivenUp()) {
        compareNext();
      }
      remove(before.size() - older);
      insert(after.size() - newer);
    }

    private void compareNext() {
      if (isSameAt(0, 0)) {
        older++;
        newer++;
        return;
      }
      int inserted = isChanged() ? 0 : distanceInAfter();
      int removed = isChanged() ? 0 : distanceInBefore();
      if (inserted > 0 && (removed == 0 || inserted <= removed)) {
        insert(inserted);
      } else if (removed > 0) {
        remove(removed);
      } else {
        compareAt(Integer.toString(newer), before.get(older++), after.get(newer++));
      }
    }

    /** Behind a changed element both arrays go on, or end, together. */
    private boolean isChanged() {
      boolean endsBefore = older + 1 == before.size();
      boolean endsAfter = newer + 1 == after.size();
      return (endsBefore || endsAfter) ? endsBefore && endsAfter : isSameAt(1, 1);
    }

    private boolean isSameAt(int olderStep, int newerStep) {
      JsonNode one = before.get(older + olderStep);
      JsonNode other = after.get(newer + newerStep);
      return one != null && other != null && isSame(one, other);
    }

    private int distanceInAfter() {
      int distance = 1;
      while (distance <= SIGHT && !isSameAt(0, distance)) {
        distance++;
      }
      return distance <= SIGHT ? distance : 0;
    }

    private int distanceInBefore() {
      int distance = 1;
      while (distance <= SIGHT && !isSameAt(distance, 0)) {
        distance++;
      }
      return distance <= SIGHT ? distance : 0;
    }

    private void insert(int count) {
      for (int i = 0; i < count && !isGivenUp(); i++) {
        addAt(Integer.toString(newer), "add", after.get(newer));
        newer++;
      }
    }

    private void remove(int count) {
      for (int i = 0; i < count && !isGivenUp(); i++) {
        addAt(Integer.toString(newer), "remove", null);
        older++;
      }
    }
  }
}
