// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The way of a request as its headers tell it, the hop nearest to this server last. */
final class ForwardedHops {
  private static final String UNKNOWN = "unknown";
  private static final String FOR = "for=";

  private static final Pattern COMMA = Pattern.compile(",");

  private ForwardedHops() {}

  /**
   * Where both headers are there, {@code X-Forwarded-For} counts: most proxies write that one, and
   * let a {@code Forwarded} that the client made up pass as it is.
   */
  static List<String> in(Map<String, List<String>> headers) {
    List<String> common = headers.get("x-forwarded-for");
    return common == null
        ? standard(headers.getOrDefault("forwarded", List.of()))
        : common.stream().flatMap(COMMA::splitAsStream).toList();
  }

  /** Understands the header of RFC 7239. */
  private static List<String> standard(List<String> lines) {
    return lines.stream()
        .flatMap(line -> split(line, ',').stream())
        .map(ForwardedHops::nodeOf)
        .toList();
  }

  /** Returns the node that an element is {@code for}. */
  private static String nodeOf(String element) {
    List<String> nodes =
        split(element, ';').stream()
            .map(String::strip)
            .filter(pair -> pair.regionMatches(true, 0, FOR, 0, FOR.length()))
            .map(pair -> pair.substring(FOR.length()))
            .toList();
    return nodes.size() == 1 ? unquoted(nodes.getFirst()) : UNKNOWN;
  }

  /**
   * Splits where no quotes are. It begins at the end, which a proxy wrote: a quote that the client
   * left open then spoils only what the client said.
   */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int end = text.length();
    boolean quoted = false;
    for (int i = text.length() - 1; i >= 0; i--) {
      if (text.charAt(i) == '"' && !isEscaped(text, i)) {
        quoted = !quoted;
      } else if (text.charAt(i) == separator && !quoted) {
        parts.add(text.substring(i + 1, end));
        end = i;
      }
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  private static boolean isEscaped(String text, int at) {
    int first = at;
    while (first > 0 && text.charAt(first - 1) == '\\') {
      first--;
    }
    return (at - first) % 2 == 1;
  }

  private static String unquoted(String value) {
    boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }
}
