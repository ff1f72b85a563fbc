// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.scc.internal.InstanceUri;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a state server, {@code scc://host:port?authKey=KEY}, in its parts.
 *
 * @param settings the parameters of the query, decoded
 */
record SccAddress(SccOptions.StateAddress state, Map<String, String> settings) {
  private static final int DEFAULT_PORT = 7777;
  private static final Pattern URL =
      Pattern.compile(
          "(sccs?)://(?:\\[([^\\[\\]]+)]|([^\\[\\]:/?#@]+))(?::(\\d{1,5}))?/?(?:\\?([^#]*))?");

  /**
   * Parses an address.
   *
   * @throws InvalidOptionsError if it is none; the message has no part of it, for it may hold a key
   */
  static SccAddress parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw invalid("it has another form");
    }
    String host = parts.group(2) == null ? parts.group(3) : parts.group(2);
    int port = parts.group(4) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(4));
    boolean isIpv6 = host.contains(":");
    if (!InstanceUri.isHost(host) || isIpv6 != (parts.group(2) != null)) {
      throw invalid("it has no host");
    }
    if (!InstanceUri.isPort(port)) {
      throw invalid("its port is not from 1 to 65535");
    }
    return new SccAddress(
        new SccOptions.StateAddress(host, port, parts.group(1).equals("sccs")),
        parts.group(5) == null ? Map.of() : settings(parts.group(5)));
  }

  private static Map<String, String> settings(String query) {
    Map<String, String> settings = new LinkedHashMap<>();
    Arrays.stream(query.split("&", -1))
        .filter(each -> !each.isEmpty())
        .forEach(
            each -> {
              String[] pair = each.split("=", 2);
              settings.put(pair[0], pair.length == 1 ? "" : decoded(pair[1]));
            });
    return settings;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // its message may hold the key
      throw invalid("a percent sign in the query is not %25");
    }
  }

  private static InvalidOptionsError invalid(String why) {
    return new InvalidOptionsError(
        "url is no address of a state server: "
            + why
            + "; allowed: scc://host:7777, scc://host:7777?authKey=KEY, or sccs:// for TLS");
  }
}
