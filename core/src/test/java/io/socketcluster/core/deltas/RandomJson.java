// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values of few names and few leaves, so that much is the same, and changed forms of them. */
final class RandomJson {
  private static final List<String> NAMES =
      List.of("a", "b", "c", "", "a/b", "~1", "__proto__", "0", "base64");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  JsonNode container() {
    return container(3);
  }

  private JsonNode container(int depth) {
    return random.nextBoolean() ? object(depth) : array(depth);
  }

  private ObjectNode object(int depth) {
    ObjectNode object = NODES.objectNode();
    for (int i = random.nextInt(6); i > 0; i--) {
      object.set(name(), value(depth - 1));
    }
    return object;
  }

  private ArrayNode array(int depth) {
    ArrayNode array = NODES.arrayNode();
    for (int i = random.nextInt(9); i > 0; i--) {
      array.add(value(depth - 1));
    }
    return array;
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private JsonNode value(int depth) {
    return depth > 0 && random.nextInt(3) > 0 ? container(depth) : leaf();
  }

  private JsonNode leaf() {
    return switch (random.nextInt(6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.stringNode("text \u00e9 " + random.nextInt(3));
      case 3 -> NODES.numberNode(random.nextInt(3) + 0.5);
      default -> NODES.numberNode(random.nextInt(4));
    };
  }

  /** Returns a value of the same kind of which some parts are others. */
  JsonNode changed(JsonNode value) {
    JsonNode copy = value.deepCopy();
    for (int i = random.nextInt(4); i > 0; i--) {
      change(copy);
    }
    return copy;
  }

  private void change(JsonNode value) {
    switch (value) {
      case ObjectNode object -> change(object);
      case ArrayNode array -> change(array);
      default -> {} // a leaf is changed where it is
    }
  }

  private void change(ObjectNode object) {
    String name = name();
    JsonNode member = object.get(name);
    if (member != null && member.isContainer() && random.nextInt(3) > 0) {
      change(member);
    } else if (member != null && random.nextInt(3) == 0) {
      object.remove(name);
    } else {
      object.set(name, value(2));
    }
  }

  private void change(ArrayNode array) {
    int index = random.nextInt(array.size() + 1);
    JsonNode element = array.get(index);
    if (element == null || random.nextInt(3) == 0) {
      array.insert(index, value(2));
    } else if (element.isContainer() && random.nextInt(3) > 0) {
      change(element);
    } else if (random.nextBoolean()) {
      array.remove(index);
    } else {
      array.set(index, value(2));
    }
  }
}
