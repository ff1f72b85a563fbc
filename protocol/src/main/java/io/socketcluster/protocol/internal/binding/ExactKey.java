// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;

/** Reads the key of a map as a number that stands for what was sent, or as a time in ISO 8601. */
final class ExactKey extends KeyDeserializer {
  private static final int LONGEST = 10_000;

  /** As JSON writes it. Java reads hexadecimal digits and suffixes as well. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*+)([.][0-9]++)?([eE][+-]?[0-9]++)?");

  private final Class<?> type;
  private final KeyDeserializer standard;

  ExactKey(Class<?> type, KeyDeserializer standard) {
    this.type = type;
    this.standard = standard;
  }

  @Override
  public Object deserializeKey(String key, DeserializationContext context) {
    Object value = key.length() > LONGEST ? null : standard.deserializeKey(key, context);
    return value != null && isExact(key, value)
        ? value
        : context.handleWeirdKey(type, key, "The key does not fit");
  }

  private static boolean isExact(String key, Object value) {
    return switch (value) {
      case Double number -> Double.isFinite(number) && NUMBER.matcher(key).matches();
      case Float number -> Float.isFinite(number) && NUMBER.matcher(key).matches();
      case BigDecimal decimal -> ExactDecimal.isBounded(decimal);
      case Number whole -> whole.toString().equals(key);
      default -> !NUMBER.matcher(key).matches(); // a time
    };
  }
}
