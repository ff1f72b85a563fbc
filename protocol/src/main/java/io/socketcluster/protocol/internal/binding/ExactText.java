// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.type.LogicalType;

/** Reads a string, and refuses what Jackson would write as text: numbers, booleans and bytes. */
final class ExactText extends StdScalarDeserializer<String> {
  ExactText() {
    super(String.class);
  }

  @Override
  public LogicalType logicalType() {
    return LogicalType.Textual;
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) {
    return parser.currentToken() == JsonToken.VALUE_STRING
        ? parser.getString()
        : (String) context.handleUnexpectedToken(String.class, parser);
  }
}
