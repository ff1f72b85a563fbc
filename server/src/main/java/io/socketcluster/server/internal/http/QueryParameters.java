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

  private static void add(Map<String, List<String>> parameters, String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    parameters.computeIfAbsent(decoded(name), key -> new ArrayList<>(1)).add(decoded(value));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a % that begins no escape; whoever made the query chose it, not the reader
    }
  }
}
