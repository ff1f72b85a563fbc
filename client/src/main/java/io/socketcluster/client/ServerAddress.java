// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static io.socketcluster.client.DeclaredOptions.HOSTNAME;
import static io.socketcluster.client.DeclaredOptions.PATH;
import static io.socketcluster.client.DeclaredOptions.PORT;
import static io.socketcluster.client.DeclaredOptions.QUERY;
import static io.socketcluster.client.DeclaredOptions.SECURE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.core.options.OptionValues;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an address says about where the server is. */
final class ServerAddress {
  private static final Set<String> PLAIN = Set.of("ws", "http");
  private static final Set<String> ENCRYPTED = Set.of("wss", "https");

  /** Host and port: java.net.URI itself knows no host with an underscore. */
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[(?<address>[^]]+)]|(?<name>[\\w.~-]+))(?::(?<port>\\d{1,5})?)?");

  private final URI uri;
  private final Matcher authority;

  private ServerAddress(URI uri, Matcher authority) {
    this.uri = uri;
    this.authority = authority;
  }

  /** Returns the address of that text, or null when it is no address of a server. */
  static @Nullable ServerAddress parse(String text) {
    try {
      URI uri = new URI(text);
      Matcher authority = authority(uri);
      boolean isServer = isKnown(scheme(uri)) && !uri.isOpaque() && authority.matches();
      return isServer ? new ServerAddress(uri, authority) : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Returns an address as a refusal may show it. */
  static String withoutSecrets(String text) {
    return text.replaceFirst("(?s)[?#].*", "").replaceFirst("(?s)^(\\w*:(?://)?)?.*@", "$1");
  }

  private static Matcher authority(URI uri) {
    String authority = uri.getRawAuthority();
    return AUTHORITY.matcher(authority == null ? "" : authority);
  }

  /** Sets the options that an address says; those that it does not have become the defaults. */
  void applyTo(OptionValues values) {
    String name = authority.group("name");
    String port = authority.group("port");
    values.set(HOSTNAME, name != null ? name : authority.group("address"));
    values.set(SECURE, ENCRYPTED.contains(scheme(uri)));
    values.setOrReset(PORT, port == null ? null : Integer.valueOf(port));
    String path = uri.getRawPath();
    values.setOrReset(PATH, path.isEmpty() || path.equals("/") ? null : path);
    values.set(QUERY, query(uri.getRawQuery()));
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
