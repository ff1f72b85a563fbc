// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads bytes: {@code {"base64":true,"data":"..."}} as SocketCluster writes them, the bytes of a
 * codec that has a form for them, or a string of Base64.
 */
final class ExactBytes<T> extends StdScalarDeserializer<T> {
  private final Function<byte[], T> form;

  private ExactBytes(Class<T> type, Function<byte[], T> form) {
    super(type);
    this.form = form;
  }

  static ExactBytes<byte[]> array() {
    return new ExactBytes<>(byte[].class, bytes -> bytes);
  }

  static ExactBytes<ByteBuffer> buffer() {
    return new ExactBytes<>(ByteBuffer.class, ByteBuffer::wrap);
  }

  @Override
  public LogicalType logicalType() {
    return LogicalType.Binary;
  }

  @Override
  @SuppressWarnings("unchecked") // what handles the value returns one of the type, or throws
  public T deserialize(JsonParser parser, DeserializationContext context) {
    JsonToken token = parser.currentToken();
    byte[] bytes = null;
    if (token == JsonToken.VALUE_STRING) {
      bytes = decoded(parser.getString());
    } else if (token == JsonToken.VALUE_EMBEDDED_OBJECT
        && parser.getEmbeddedObject() instanceof byte[] embedded) {
      bytes = embedded.clone(); // the tree that has it is shared
    } else if (token == JsonToken.START_OBJECT) {
      bytes = ofObject(parser);
    }
    return bytes == null
        ? (T) context.handleUnexpectedToken(handledType(), parser)
        : form.apply(bytes);
  }

  private static byte @Nullable [] ofObject(JsonParser parser) {
    boolean isBase64 = false;
    String text = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("base64")) {
        isBase64 = value == JsonToken.VALUE_TRUE;
      } else if (name.equals("data")) {
        text = value == JsonToken.VALUE_STRING ? parser.getString() : null;
      }
      parser.skipChildren();
    }
    return isBase64 && text != null ? decoded(text) : null;
  }

  private static byte @Nullable [] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException noBase64) {
      return null;
    }
  }
}
