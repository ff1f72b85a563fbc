// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.http.sessions.Cors;
import io.socketcluster.server.UpgradeRequest;
import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/** The token that a browser keeps in a cookie. */
final class CookieToken {
  /** The value that clients write into the cookie when they remove the token. */
  private static final String REMOVED = "null";

  private CookieToken() {}

  /**
   * Returns the token of a request, or null. Browsers send cookies with the requests of every page:
   * only those of the server's own pages count.
   */
  static @Nullable String of(UpgradeRequest request, String cookieName) {
    String value = Cors.isSameSite(request) ? request.cookie(cookieName) : null;
    if (value == null || value.isEmpty() || value.equals(REMOVED)) {
      return null;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
