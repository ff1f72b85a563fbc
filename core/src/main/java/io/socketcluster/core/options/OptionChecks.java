// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.Objects;

/**
 * What builders with a few options of their own check. A refusal names the option, its value and
 * what is allowed.
 */
public final class OptionChecks {
  private static final Duration LONGEST = Duration.ofHours(1);

  private OptionChecks() {}

  /**
   * Checks that a count is 1 or more.
   *
   * @throws InvalidOptionsError when it is not
   */
  public static void count(String option, int value) {
    if (value < 1) {
      throw refused(option, value, "1 or more");
    }
  }

  /**
   * Checks that a count is 1 to {@code most}.
   *
   * @throws InvalidOptionsError when it is not
   */
  public static void count(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw refused(option, value, "1 to " + most);
    }
  }

  /**
   * Checks that a time is {@code least}, in whole milliseconds, to an hour.
   *
   * @throws InvalidOptionsError when it is not
   * @throws NullPointerException with the name of the option, when it is null
   */
  public static void time(String option, Duration value, Duration least) {
    Objects.requireNonNull(value, option);
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      throw refused(option, value, least.toMillis() + " ms to 1 h");
    }
  }

  /** Returns the error of an option whose value is not allowed. */
  public static InvalidOptionsError refused(String option, Object value, String allowed) {
    return new InvalidOptionsError(option + " is " + value + "; allowed: " + allowed);
  }
}
