// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import io.socketcluster.http.sessions.Cors;
import io.socketcluster.server.UpgradeRequest;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages whose script elements may poll. Browsers send no {@code Origin} with a script, and
 * every page can read what it says: the page is known by its {@code Referer} alone. Immutable.
 */
final class ScriptOrigins {
  private static final String ANY = "*";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final Set<String> allowed;

  /**
   * @param allowed the option of the server: {@code host:port}, {@code *} for any
   */
  ScriptOrigins(List<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /** Returns whether a page may poll by this request, whose {@code Origin} is allowed. */
  boolean allow(UpgradeRequest request) {
    return allowed.contains(ANY + ":" + ANY)
        || request.header("origin") != null
        || Cors.isSameSite(request)
        || allows(request.header("referer"));
  }

  private boolean allows(@Nullable String page) {
    if (page == null) {
      return false;
    }
    try {
      URI uri = URI.create(page);
      String host = uri.getHost();
      int standard = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
      int port = uri.getPort() < 0 ? standard : uri.getPort();
      return host != null
          && (allowed.contains(host + ":" + port)
              || allowed.contains(host + ":" + ANY)
              || allowed.contains(ANY + ":" + port));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
