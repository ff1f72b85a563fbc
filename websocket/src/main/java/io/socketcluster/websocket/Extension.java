// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An extension that a {@code Sec-WebSocket-Extensions} header names (RFC 6455, 9.1). Immutable. */
record Extension(String name, List<Parameter> parameters) {
  /**
   * A parameter of an extension, in lower case.
   *
   * @param value without quotes; null when there is none
   */
  record Parameter(String name, @Nullable String value) {}

  /** Returns the extensions that some headers name, in order; a name may be empty. */
  static List<Extension> parse(List<String> headers) {
    List<Extension> extensions = new ArrayList<>();
    for (String header : headers) {
      for (String extension : split(header.toLowerCase(Locale.ROOT), ',')) {
        List<String> parts = split(extension, ';');
        List<Parameter> parameters =
            parts.subList(1, parts.size()).stream().map(Extension::parameter).toList();
        extensions.add(new Extension(parts.getFirst(), parameters));
      }
    }
    return extensions;
  }

  private static Parameter parameter(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Parameter(text, null)
        : new Parameter(
            text.substring(0, equals).strip(), unquoted(text.substring(equals + 1).strip()));
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (c == separator && !quoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  /** Returns whether a rule allows each of the parameters, and none comes twice. */
  boolean allParameters(Predicate<Parameter> rule) {
    Set<String> names = new HashSet<>();
    return parameters.stream().allMatch(given -> rule.test(given) && names.add(given.name()));
  }

  boolean has(String parameter) {
    return parameters.stream().anyMatch(given -> given.name().equals(parameter));
  }
}
