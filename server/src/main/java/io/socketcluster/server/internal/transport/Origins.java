// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The origins that may connect. Immutable. */
final class Origins {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final List<String> allowed;
  private final boolean all;

  Origins(List<String> allowed) {
    this.allowed = allowed.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    this.all = allowed.contains("*:*");
  }

  /** Returns whether {@code origin}, the header of that name, may connect. */
  boolean allow(@Nullable String origin) {
    if (all) {
      return true;
    }
    if (origin == null || origin.equals("null")) {
      return false;
    }
    try {
      URI uri = new URI(origin.toLowerCase(Locale.ROOT));
      if (uri.getHost() == null) {
        return false;
      }
      int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(uri.getScheme());
      String host = uri.getHost();
      return allowed.contains(host + ":" + port)
          || allowed.contains(host + ":*")
          || allowed.contains("*:" + port);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int defaultPort(@Nullable String scheme) {
    return "https".equals(scheme) ? HTTPS_PORT : HTTP_PORT;
  }
}
