// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.type.LogicalType;

/** Reads an array of primitives, element by element as {@link ExactNumber} does. */
final class ExactArray extends StdDeserializer<Object> {
  private final Class<?> component;
  private final ValueDeserializer<?> element;

  private ExactArray(Class<?> type, ValueDeserializer<?> element) {
    super(type);
    this.component = type.getComponentType();
    this.element = element;
  }

  /** Returns what reads arrays of a type; {@code standard} itself if these are not of numbers. */
  static ValueDeserializer<?> of(Class<?> type, ValueDeserializer<?> standard) {
    ValueDeserializer<?> element = ExactNumber.of(type.getComponentType(), standard);
    return element instanceof ExactNumber ? new ExactArray(type, element) : standard;
  }

  @Override
  public LogicalType logicalType() {
    return LogicalType.Array;
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.isExpectedStartArrayToken()) {
      return context.handleUnexpectedToken(handledType(), parser);
    }
    List<Object> values = new ArrayList<>();
    try {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        values.add(
            parser.currentToken() == JsonToken.VALUE_NULL
                ? context.reportInputMismatch(this, "null does not fit a primitive type")
                : element.deserialize(parser, context));
      }
    } catch (RuntimeException e) {
      throw DatabindException.wrapWithPath(
          context, e, new JacksonException.Reference(values, values.size()));
    }
    Object array = Array.newInstance(component, values.size());
    for (int i = 0; i < values.size(); i++) {
      Array.set(array, i, values.get(i));
    }
    return array;
  }
}
