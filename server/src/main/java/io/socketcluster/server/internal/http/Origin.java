// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host and the port of an {@code Origin} header. Browsers send names with underscores, which
 * {@code java.net.URI} does not know, and schemes of their own for extensions and apps.
 *
 * @param host in the form of {@link HostName}
 * @param port the port of the scheme if the header has none
 */
record Origin(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>[a-z0-9._~-]+|\\[[0-9a-f:.]+])"
              + "(?::(?<port>\\d{0,5}))?(?:[/?#].*)?");

  private static final Map<String, Integer> PORTS = Map.of("https", 443, "wss", 443);
  private static final int HTTP_PORT = 80;
  private static final int HIGHEST_PORT = 65_535;

  /** Reads a header; returns null when it names no host, as {@code null} and {@code file://}. */
  static @Nullable Origin of(String header) {
    Matcher form = FORM.matcher(header.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return null;
    }
    String host = HostName.of(form.group("host"));
    String port = form.group("port");
    int number =
        port == null || port.isEmpty()
            ? PORTS.getOrDefault(form.group("scheme"), HTTP_PORT)
            : Integer.parseInt(port);
    return host == null || number > HIGHEST_PORT ? null : new Origin(host, number);
  }
}
