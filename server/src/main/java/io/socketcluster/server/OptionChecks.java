// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.internal.http.TrustedProxies;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Refuses a bad option with its name, its value and what is allowed. */
final class OptionChecks {
  private OptionChecks() {}

  static void atLeast(String name, long value, long minimum) {
    if (value < minimum) {
      throw refused(name, value, minimum + " or more");
    }
  }

  static void deflate(String name, @Nullable PerMessageDeflate value) {
    if (value != null) {
      atLeast(name + ".threshold", value.threshold(), 0);
      if (value.level() < Deflater.BEST_SPEED || value.level() > Deflater.BEST_COMPRESSION) {
        throw refused(name + ".level", value.level(), "1 to 9");
      }
    }
  }

  static void within(String name, @Nullable Duration value, Duration minimum, Duration maximum) {
    if (value == null || value.compareTo(minimum) < 0 || value.compareTo(maximum) > 0) {
      throw refused(name, value, minimum + " to " + maximum);
    }
  }

  static void longer(String name, Duration value, String otherName, Duration other) {
    if (value.compareTo(other) <= 0) {
      throw refused(name, value, "more than " + otherName + ", which is " + other);
    }
  }

  static void oneOf(String name, @Nullable String value, List<String> allowed) {
    if (value == null || !allowed.contains(value)) {
      throw refused(name, value, "one of " + allowed);
    }
  }

  static void path(String name, @Nullable String value) {
    if (value == null || !value.startsWith("/") || value.contains("?") || value.contains("#")) {
      throw refused(name, value, "a path that begins with / and has no query");
    }
  }

  static void endpoints(String name, List<AGEndpoint> endpoints) {
    Set<String> paths = new HashSet<>();
    for (AGEndpoint endpoint : endpoints) {
      path(name, endpoint.path());
      if (endpoint.protocolVersion() == ProtocolVersion.DETECT
          && !(endpoint.codecEngine() instanceof JsonCodec)) {
        throw refused(
            "protocolVersion",
            "DETECT at " + endpoint.path(),
            "V1 or V2 with a codec other than JSON");
      }
      if (!paths.add(endpoint.path())) {
        throw refused(name, endpoint.path(), "a path that no other endpoint has");
      }
    }
  }

  static void notEmpty(String name, List<String> value) {
    if (value.isEmpty()) {
      throw refused(name, value, "at least one, *:* for all");
    }
  }

  static void networks(String name, List<String> values) {
    for (String value : values) {
      if (!TrustedProxies.isNetwork(value)) {
        throw refused(
            name, value, "an address, or an address with / and the length of its prefix, no name");
      }
    }
  }

  static List<String> listOf(String name, String @Nullable [] values) {
    if (values == null || Arrays.asList(values).contains(null)) {
      throw refused(name, Arrays.toString(values), "strings, none of them null");
    }
    return List.of(values);
  }

  static void given(String name, @Nullable Object value, String allowed) {
    if (value == null) {
      throw refused(name, value, allowed);
    }
  }

  private static InvalidOptionsError refused(String name, @Nullable Object value, String allowed) {
    return new InvalidOptionsError(name + " is " + value + "; allowed: " + allowed);
  }
}
