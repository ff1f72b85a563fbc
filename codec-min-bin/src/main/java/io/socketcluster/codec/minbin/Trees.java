// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.DecodingSlices;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes trees of values that were scanned before, and lets others run meanwhile. Used once. */
final class Trees {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final DecodingSlices slices = new DecodingSlices();

  private Trees() {}

  static JsonNode of(MessageInput in) {
    return new Trees().value(in);
  }

  private JsonNode value(MessageInput in) {
    slices.decoded();
    return switch (in.kind()) {
      case NIL -> {
        in.nil();
        yield NODES.nullNode();
      }
      case BOOLEAN -> NODES.booleanNode(in.bool());
      case INTEGER -> integer(in);
      case FLOAT -> NODES.numberNode(in.floating());
      case STRING -> NODES.stringNode(in.string());
      case BINARY -> NODES.binaryNode(in.binary());
      case EXTENSION -> extension(in);
      case ARRAY -> array(in);
      case MAP -> map(in);
      case NONE -> throw new AssertionError();
    };
  }

  static JsonNode integer(MessageInput in) {
    if (in.isOverLong()) {
      return NODES.numberNode(in.bigInteger());
    }
    long value = in.integer();
    return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  private static ObjectNode extension(MessageInput in) {
    int length = in.extensionHeader();
    return NODES.objectNode().put("type", in.extensionType()).put("buffer", in.bytes(length));
  }

  private ArrayNode array(MessageInput in) {
    ArrayNode array = NODES.arrayNode();
    for (int left = in.arrayHeader(); left > 0; left--) {
      array.add(value(in));
    }
    return array;
  }

  private ObjectNode map(MessageInput in) {
    ObjectNode map = NODES.objectNode();
    for (int left = in.mapHeader(); left > 0; left--) {
      String name = in.kind() == ValueKind.STRING ? in.string() : integer(in).asString();
      map.set(name, value(in));
    }
    return map;
  }
}
