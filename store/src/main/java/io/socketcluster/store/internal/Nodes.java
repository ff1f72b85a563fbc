// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes trees by copying what is on the path: a tree that somebody reads never changes. */
final class Nodes {
  private static final int LONGEST_INDEX = 9;
  private static final int NO_INDEX = -1;

  private Nodes() {}

  /** Returns the value at a path; a {@link MissingNode} if there is none. */
  static JsonNode at(JsonNode root, List<String> path) {
    JsonNode node = root;
    for (String key : path) {
      node = node instanceof ArrayNode array ? array.path(index(key)) : node.path(key);
    }
    return node;
  }

  /** Returns a tree with another value at a path. */
  static JsonNode with(JsonNode node, List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      return value;
    }
    String key = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    int index = node instanceof ArrayNode ? index(key) : NO_INDEX;
    if (index == NO_INDEX || index > node.size()) {
      ObjectNode object = asObject(node);
      object.set(key, with(object.path(key), rest, value));
      return object;
    }
    ArrayNode array = asArray(node);
    JsonNode element = with(array.path(index), rest, value);
    if (index == array.size()) {
      array.add(element);
    } else {
      array.set(index, element);
    }
    return array;
  }

  /** Returns a tree without the value at a path; the same tree if there is none. */
  static JsonNode without(JsonNode root, List<String> path) {
    if (at(root, path).isMissingNode()) {
      return root;
    }
    if (path.isEmpty()) {
      return MissingNode.getInstance();
    }
    String key = path.getLast();
    List<String> parent = path.subList(0, path.size() - 1);
    JsonNode container = at(root, parent);
    if (container instanceof ArrayNode) {
      ArrayNode array = asArray(container);
      array.remove(index(key));
      return with(root, parent, array);
    }
    ObjectNode object = asObject(container);
    object.remove(key);
    return with(root, parent, object);
  }

  /** Returns a new array with the elements of an array, or without any for anything else. */
  static ArrayNode asArray(JsonNode node) {
    ArrayNode copy = JsonNodeFactory.instance.arrayNode();
    if (node instanceof ArrayNode array) {
      array.values().forEach(copy::add);
    }
    return copy;
  }

  /**
   * Returns a new object with the members of an object, the elements of an array by their index, or
   * without any for anything else.
   */
  static ObjectNode asObject(JsonNode node) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    if (node instanceof ObjectNode object) {
      copy.setAll(object);
    } else {
      for (int i = 0; i < node.size(); i++) {
        copy.set(Integer.toString(i), node.path(i));
      }
    }
    return copy;
  }

  /** Returns the integer that follows all names of an object that are integers. */
  static int nextIndex(ObjectNode object) {
    int next = 0;
    for (String name : object.propertyNames()) {
      next = Math.max(next, index(name) + 1);
    }
    return next;
  }

  /** Returns the index that a key means: digits without leading zeros. */
  private static int index(String key) {
    boolean digits = !key.isEmpty() && key.chars().allMatch(each -> each >= '0' && each <= '9');
    boolean canonical = key.length() == 1 || !key.startsWith("0");
    return digits && canonical && key.length() <= LONGEST_INDEX ? Integer.parseInt(key) : NO_INDEX;
  }
}
