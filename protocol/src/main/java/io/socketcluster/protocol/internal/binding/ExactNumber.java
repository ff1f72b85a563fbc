// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads a number that the type can hold, and refuses every other value. {@code 1.0} and {@code 1e3}
 * are whole numbers, as in JavaScript; {@code double} and {@code float} take the nearest value.
 */
final class ExactNumber<T> extends StdScalarDeserializer<T> {
  private static final Map<Class<?>, Reading<?>> READINGS =
      Map.ofEntries(
          Map.entry(byte.class, ExactNumber::byteOf),
          Map.entry(Byte.class, ExactNumber::byteOf),
          Map.entry(short.class, ExactNumber::shortOf),
          Map.entry(Short.class, ExactNumber::shortOf),
          Map.entry(int.class, ExactNumber::intOf),
          Map.entry(Integer.class, ExactNumber::intOf),
          Map.entry(long.class, ExactNumber::longOf),
          Map.entry(Long.class, ExactNumber::longOf),
          Map.entry(float.class, ExactNumber::floatOf),
          Map.entry(Float.class, ExactNumber::floatOf),
          Map.entry(double.class, ExactNumber::doubleOf),
          Map.entry(Double.class, ExactNumber::doubleOf),
          Map.entry(BigInteger.class, ExactNumber::bigIntegerOf),
          Map.entry(BigDecimal.class, ExactDecimal::of),
          Map.entry(Number.class, ExactNumber::numberOf),
          Map.entry(AtomicInteger.class, parser -> new AtomicInteger(intOf(parser))),
          Map.entry(AtomicLong.class, parser -> new AtomicLong(longOf(parser))),
          Map.entry(OptionalInt.class, parser -> OptionalInt.of(intOf(parser))),
          Map.entry(OptionalLong.class, parser -> OptionalLong.of(longOf(parser))),
          Map.entry(OptionalDouble.class, parser -> OptionalDouble.of(doubleOf(parser))));

  private final Reading<T> reading;
  private final ValueDeserializer<?> standard; // knows what null and absence are

  /** Takes the number at a parser; an {@link ArithmeticException} says that it does not fit. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(JsonParser parser);
  }

  private ExactNumber(Class<?> type, Reading<T> reading, ValueDeserializer<?> standard) {
    super(type);
    this.reading = reading;
    this.standard = standard;
  }

  /** Returns what reads numbers of a type; {@code standard} itself if these are none. */
  static ValueDeserializer<?> of(Class<?> type, ValueDeserializer<?> standard) {
    Reading<?> reading = READINGS.get(type);
    return reading == null ? standard : new ExactNumber<>(type, reading, standard);
  }

  @Override
  public LogicalType logicalType() {
    return LogicalType.Integer;
  }

  @Override
  @SuppressWarnings("unchecked") // what handles the value returns one of the type, or throws
  public T deserialize(JsonParser parser, DeserializationContext context) {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isNumeric()) {
      return (T) context.handleUnexpectedToken(handledType(), parser);
    }
    try {
      return reading.of(parser);
    } catch (ArithmeticException e) {
      return context.reportInputMismatch(this, "The number does not fit: %s", e.getMessage());
    }
  }

  @Override
  public @Nullable Object getNullValue(DeserializationContext context) {
    return standard.getNullValue(context);
  }

  @Override
  public @Nullable Object getAbsentValue(DeserializationContext context) {
    return handledType().isPrimitive()
        ? standard.getNullValue(context)
        : standard.getAbsentValue(context);
  }

  private static byte byteOf(JsonParser parser) {
    long value = longOf(parser);
    if (value != (byte) value) {
      throw new ArithmeticException("byte overflow");
    }
    return (byte) value;
  }

  private static short shortOf(JsonParser parser) {
    long value = longOf(parser);
    if (value != (short) value) {
      throw new ArithmeticException("short overflow");
    }
    return (short) value;
  }

  private static int intOf(JsonParser parser) {
    return Math.toIntExact(longOf(parser));
  }

  private static long longOf(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      if (parser.getNumberType() == NumberType.BIG_INTEGER) {
        throw new ArithmeticException("long overflow");
      }
      return parser.getLongValue();
    }
    return ExactDecimal.of(parser).longValueExact();
  }

  private static BigInteger bigIntegerOf(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? parser.getBigIntegerValue()
        : ExactDecimal.of(parser).toBigIntegerExact();
  }

  private static float floatOf(JsonParser parser) {
    float value = parser.getFloatValue();
    if (!Float.isFinite(value)) {
      throw new ArithmeticException("float overflow");
    }
    return value;
  }

  private static double doubleOf(JsonParser parser) {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("double overflow");
    }
    return value;
  }

  private static Number numberOf(JsonParser parser) {
    Number value = parser.getNumberValue();
    if (value instanceof BigDecimal) {
      return ExactDecimal.of(parser);
    }
    if (!Double.isFinite(value.doubleValue()) && !(value instanceof BigInteger)) {
      throw new ArithmeticException("double overflow");
    }
    return value;
  }
}
