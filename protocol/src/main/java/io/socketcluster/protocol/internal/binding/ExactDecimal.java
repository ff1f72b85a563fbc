// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;

/** The number at a parser as a decimal whose digits have a bound. */
final class ExactDecimal {
  /** Digits before or behind the point, zeros included: as many as the longest number has. */
  private static final int MOST_DIGITS = 10_000;

  private ExactDecimal() {}

  /**
   * Reads the number.
   *
   * @throws ArithmeticException if it is none, or stands for too many digits: {@code 1e999999999}
   *     would fill the heap as soon as somebody writes it out
   */
  static BigDecimal of(JsonParser parser) {
    if (parser.isNaN()) {
      throw new ArithmeticException("not a number");
    }
    BigDecimal value = parser.getDecimalValue();
    if (!isBounded(value)) {
      throw new ArithmeticException("more than " + MOST_DIGITS + " digits");
    }
    return value;
  }

  /** Returns whether the digits of a decimal, written out, have the bound. */
  static boolean isBounded(BigDecimal value) {
    long scale = value.scale();
    return scale <= MOST_DIGITS && value.precision() - scale <= MOST_DIGITS;
  }
}
