// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * Reads from a string only, without spaces around it: dates and times, of which a number says
 * neither what it counts nor since when, and what is written as text, such as a UUID or a path.
 */
final class TextOnly extends DelegatingDeserializer {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]*[.]?[0-9]*");

  private final boolean digitsAreText;

  private TextOnly(ValueDeserializer<?> target, boolean digitsAreText) {
    super(target);
    this.digitsAreText = digitsAreText;
  }

  /** Reads what is written as text; all digits may be that, too. */
  static TextOnly text(ValueDeserializer<?> target) {
    return new TextOnly(target, true);
  }

  /** Reads times, of which a string of digits says as little as a number. */
  static TextOnly time(ValueDeserializer<?> target) {
    return new TextOnly(target, false);
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> newDelegatee) {
    return new TextOnly(newDelegatee, digitsAreText);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) {
    return parser.currentToken() == JsonToken.VALUE_STRING && isText(parser.getString())
        ? super.deserialize(parser, context)
        : context.handleUnexpectedToken(handledType(), parser);
  }

  private boolean isText(String text) {
    return text.strip().length() == text.length()
        && (digitsAreText || !NUMBER.matcher(text).matches());
  }
}
