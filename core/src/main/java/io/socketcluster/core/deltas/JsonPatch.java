// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies a JSON Patch (RFC 6902) of {@code add}, {@code remove} and {@code replace}. */
final class JsonPatch {
  private JsonPatch() {}

  /**
   * Changes a value.
   *
   * @throws IllegalArgumentException if the patch is none, or not one for this value, which may
   *     have been changed in part
   */
  static void apply(JsonNode value, JsonNode patch) {
    if (!patch.isArray()) {
      throw new IllegalArgumentException("The patch is no array");
    }
    for (JsonNode operation : patch) {
      List<String> steps = JsonPointers.steps(operation.path("path").stringValue(""));
      JsonNode target = value;
      for (String step : steps.subList(0, steps.size() - 1)) {
        target = child(target, step);
      }
      change(target, steps.getLast(), operation);
    }
  }

  private static JsonNode child(JsonNode parent, String step) {
    JsonNode found =
        parent.isArray() ? parent.get(index(step, parent.size() - 1)) : parent.get(step);
    if (found == null) {
      throw unfit(step);
    }
    return found;
  }

  private static void change(JsonNode target, String step, JsonNode operation) {
    String name = operation.path("op").stringValue("");
    JsonNode value = operation.get("value");
    switch (target) {
      case ObjectNode object -> change(object, step, name, value);
      case ArrayNode array -> change(array, step, name, value);
      default -> throw unfit(step);
    }
  }

  private static void change(
      ObjectNode object, String step, String operation, @Nullable JsonNode value) {
    boolean isAdded = operation.equals("add");
    if (!isAdded && !object.has(step)) {
      throw unfit(step);
    }
    if (operation.equals("remove")) {
      object.remove(step);
    } else if (value != null && (isAdded || operation.equals("replace"))) {
      object.set(step, value);
    } else {
      throw unknown(operation);
    }
  }

  private static void change(
      ArrayNode array, String step, String operation, @Nullable JsonNode value) {
    if (operation.equals("remove")) {
      array.remove(index(step, array.size() - 1));
    } else if (operation.equals("add") && value != null) {
      array.insert(index(step, array.size()), value);
    } else if (operation.equals("replace") && value != null) {
      array.set(index(step, array.size() - 1), value);
    } else {
      throw unknown(operation);
    }
  }

  private static int index(String step, int last) {
    int index = Integer.parseInt(step); // a NumberFormatException is an IllegalArgumentException
    if (index < 0 || index > last) {
      throw unfit(step);
    }
    return index;
  }

  private static IllegalArgumentException unfit(String step) {
    return new IllegalArgumentException("The value has no " + step + " there");
  }

  private static IllegalArgumentException unknown(String operation) {
    return new IllegalArgumentException("op is " + operation + "; allowed: add, remove, replace");
  }
}
