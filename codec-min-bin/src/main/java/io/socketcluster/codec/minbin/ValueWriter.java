// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.Payload;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes payloads and trees as MessagePack. */
final class ValueWriter {
  private ValueWriter() {}

  static void write(MessageOutput out, @Nullable Payload payload) {
    if (payload == null) {
      out.nil();
    } else if (payload.encoded() instanceof MessagePackValue received) {
      received.writeTo(out);
    } else {
      write(out, payload.node());
    }
  }

  static void write(MessageOutput out, JsonNode node) {
    switch (node.getNodeType()) {
      case BOOLEAN -> out.bool(node.booleanValue());
      case NUMBER -> out.number(node.numberValue().doubleValue());
      case STRING -> out.string(node.stringValue());
      case BINARY -> out.binary(node.binaryValue());
      case ARRAY -> {
        out.arrayHeader(node.size());
        for (JsonNode element : node) {
          write(out, element);
        }
      }
      case OBJECT -> writeObject(out, node);
      case NULL, MISSING, POJO -> out.nil();
    }
  }

  private static void writeObject(MessageOutput out, JsonNode node) {
    byte[] bytes = bytesOf(node);
    if (bytes != null) {
      out.binary(bytes);
      return;
    }
    out.mapHeader(node.size());
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      out.string(member.getKey());
      write(out, member.getValue());
    }
  }

  /** The bytes that an object stands for in JSON; null if it stands for itself. */
  private static byte @Nullable [] bytesOf(JsonNode node) {
    if (node.size() != 2
        || !node.path("base64").booleanValue(false)
        || !node.path("data").isString()) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(node.path("data").stringValue());
    } catch (IllegalArgumentException noBase64) {
      return null;
    }
  }
}
