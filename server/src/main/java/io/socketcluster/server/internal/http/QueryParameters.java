// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the query of a request. */
public final class QueryParameters {
  private static final Pattern AMPERSAND = Pattern.compile("&");

  private QueryParameters() {}

  /** Returns the values by name, both decoded where that is possible and else as sent. */
  public static Map<String, List<String>> in(String uri) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String query = uri.substring(uri.indexOf('?') + 1);
    if (query.length() < uri.length()) {
      AMPERSAND
          .splitAsStream(query)
          .filter(pair -> !pair.isEmpty())
          .forEach(pair -> add(parameters, pair));
    }
    parameters.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(parameters);
  }

  /**
   * Returns the first value of a parameter, or null. Each poll asks for some, so the others are not
   * read.
   */
  public static @Nullable String first(String uri, String name) {
    int at = uri.indexOf('?') + 1;
    while (at > 0 && at < uri.length()) {
      int end = orEnd(uri.indexOf('&', at), uri.length());
      int equals = orEnd(uri.indexOf('=', at, end), end);
      if (at < end && decoded(uri.substring(at, equals)).equals(name)) {
        return decoded(uri.substring(Math.min(equals + 1, end), end));
      }
      at = end + 1;
    }
    return null;
  }

  private static int orEnd(int index, int end) {
    return index < 0 ? end : index;
  }

  private static void add(Map<String, List<String>> parameters, String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    parameters.computeIfAbsent(decoded(name), key -> new ArrayList<>(1)).add(decoded(value));
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a % that begins no escape; whoever made the query chose it, not the reader
    }
  }
}
