// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a bad option with its name, its value and what is allowed. */
final class OptionChecks {
  private OptionChecks() {}

  static void atLeast(String name, int value, int minimum) {
    if (value < minimum) {
      throw refused(name, value, minimum + " or more");
    }
  }

  static void atLeast(String name, Duration value, Duration minimum) {
    if (value.compareTo(minimum) < 0) {
      throw refused(name, value, minimum + " or more");
    }
  }

  static void positive(String name, Duration value) {
    atLeast(name, value, Duration.ofMillis(1));
  }

  static void longer(String name, Duration value, String otherName, Duration other) {
    if (value.compareTo(other) <= 0) {
      throw refused(name, value, "more than " + otherName + ", which is " + other);
    }
  }

  static void oneOf(String name, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw refused(name, value, "one of " + allowed);
    }
  }

  static void path(String name, String value) {
    if (!value.startsWith("/") || value.contains("?") || value.contains("#")) {
      throw refused(name, value, "a path that begins with / and has no query");
    }
  }

  static void notEmpty(String name, List<String> value) {
    if (value.isEmpty()) {
      throw refused(name, value, "at least one, *:* for all");
    }
  }

  /** The key is a secret: the message gives its length only. */
  static void authKey(@Nullable String key, int minimumBytes) {
    if (key != null && key.getBytes(StandardCharsets.UTF_8).length < minimumBytes) {
      throw new InvalidOptionsError(
          "authKey has "
              + key.getBytes(StandardCharsets.UTF_8).length
              + " bytes; allowed: "
              + minimumBytes
              + " bytes or more, as RFC 7518 asks for HS256");
    }
  }

  private static InvalidOptionsError refused(String name, Object value, String allowed) {
    return new InvalidOptionsError(name + " is " + value + "; allowed: " + allowed);
  }
}
