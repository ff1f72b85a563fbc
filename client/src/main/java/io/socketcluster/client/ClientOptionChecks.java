// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses a bad option with its name, its value and what is allowed. */
final class ClientOptionChecks {
  /** A token of RFC 9110, 5.6.2. */
  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern FIELD_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  /** A name, or an address of version 6 and perhaps its zone. */
  private static final Pattern HOSTNAME =
      Pattern.compile("[\\w.~-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.~-]+)?");

  /** Segments of RFC 3986, 3.3. */
  private static final Pattern PATH = Pattern.compile("(/|[\\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+");

  private static final Duration LONGEST_DELAY = Duration.ofDays(24);

  /** What the upgrade itself sends. */
  private static final Set<String> UPGRADE_FIELDS = caseInsensitive();

  private ClientOptionChecks() {}

  private static Set<String> caseInsensitive() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(
        List.of(
            "Host",
            "Upgrade",
            "Connection",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Extensions",
            "Content-Length",
            "Transfer-Encoding"));
    return names;
  }

  static void within(String name, int value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw refused(name, value, minimum + " to " + maximum);
    }
  }

  static void within(String name, @Nullable Duration value, Duration minimum, Duration maximum) {
    if (value == null || value.compareTo(minimum) < 0 || value.compareTo(maximum) > 0) {
      throw refused(name, value, minimum + " to " + maximum);
    }
  }

  static void notEmpty(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw refused(name, value, "at least one character");
    }
  }

  static void hostname(String name, @Nullable String value) {
    if (value == null || !HOSTNAME.matcher(value).matches()) {
      throw refused(name, value, "a name or an address in ASCII, without port and brackets");
    }
  }

  static void path(String name, @Nullable String value) {
    if (value == null || !value.startsWith("/") || !PATH.matcher(value).matches()) {
      throw refused(name, value, "a path that begins with / and has no query, as it is in a URI");
    }
  }

  static void headers(String name, Map<String, List<String>> fields) {
    fields.forEach(
        (field, values) -> {
          if (!FIELD_NAME.matcher(field).matches() || UPGRADE_FIELDS.contains(field)) {
            throw refused(name, field, "names of HTTP fields that the upgrade does not set itself");
          }
          // The value may be a secret.
          if (!values.stream().allMatch(value -> FIELD_VALUE.matcher(value).matches())) {
            throw refused(name, field + " with a control character", "Latin-1 text on one line");
          }
        });
  }

  static void reconnecting(String name, AutoReconnectOptions options) {
    within(name + ".initialDelay", options.initialDelay(), Duration.ZERO, LONGEST_DELAY);
    within(name + ".randomness", options.randomness(), Duration.ZERO, LONGEST_DELAY);
    within(name + ".maxDelay", options.maxDelay(), Duration.ZERO, LONGEST_DELAY);
    if (!(options.multiplier() >= 1 && options.multiplier() <= 1000)) {
      throw refused(name + ".multiplier", options.multiplier(), "1 to 1000");
    }
  }

  static void proxy(String name, @Nullable ProxyOptions proxy) {
    if (proxy != null) {
      hostname(name + ".hostname", proxy.hostname());
      within(name + ".port", proxy.port(), 1, 65_535);
    }
  }

  static InvalidOptionsError refused(String name, @Nullable Object value, String allowed) {
    return new InvalidOptionsError(name + " is " + value + "; allowed: " + allowed);
  }
}
