// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.math.BigDecimal;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;

/** Reads the key of a map as a number that stands for what was sent. */
final class ExactKey extends KeyDeserializer {
  private static final int LONGEST = 10_000;

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
        : context.handleWeirdKey(type, key, "The number does not fit");
  }

  private static boolean isExact(String key, Object value) {
    return switch (value) {
      case Byte small -> small.toString().equals(key);
      case Double number -> Double.isFinite(number);
      case Float number -> Float.isFinite(number);
      case BigDecimal decimal -> ExactDecimal.isBounded(decimal);
      default -> true;
    };
  }
}
