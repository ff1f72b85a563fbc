// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an address says about where the server is. */
final class ServerAddress {
  private static final Set<String> PLAIN = Set.of("ws", "http");
  private static final Set<String> ENCRYPTED = Set.of("wss", "https");
  private static final int NO_PORT = -1;

  private ServerAddress() {}

  static URI parse(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && isKnown(scheme(uri)) && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // refused below, in words of the option
    }
    throw ClientOptionChecks.refused(
        "uri", text, "ws:// or wss:// with a host, perhaps a port, a path and a query");
  }

  static void apply(URI uri, ClientOptionValues values) {
    ClientOptionValues defaults = new ClientOptionValues();
    String host = uri.getHost();
    boolean isBracketed = host.startsWith("[");
    values.hostname = isBracketed ? host.substring(1, host.length() - 1) : host;
    values.secure = ENCRYPTED.contains(scheme(uri));
    values.port = uri.getPort() == NO_PORT ? null : uri.getPort();
    String path = uri.getRawPath();
    values.path = path.isEmpty() || path.equals("/") ? defaults.path : path;
    values.query = query(uri.getRawQuery());
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static boolean isKnown(String scheme) {
    return PLAIN.contains(scheme) || ENCRYPTED.contains(scheme);
  }

  private static Map<String, List<String>> query(@Nullable String raw) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (raw != null) {
      for (String parameter : raw.split("&", -1)) {
        int end = parameter.indexOf('=');
        String name = decode(end < 0 ? parameter : parameter.substring(0, end));
        String value = end < 0 ? "" : decode(parameter.substring(end + 1));
        parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      }
    }
    parameters.replaceAll((name, all) -> List.copyOf(all));
    return Collections.unmodifiableMap(parameters);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
