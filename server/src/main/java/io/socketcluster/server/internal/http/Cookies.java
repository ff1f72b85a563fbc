// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the cookies of a request. */
public final class Cookies {
  private Cookies() {}

  /**
   * Returns the values by name. Lax, as browsers are: a strict reader loses the cookies whose value
   * is JSON. Of several with one name the first counts, which has the longest path.
   *
   * @param lines the values of the header
   */
  public static Map<String, String> in(List<String> lines) {
    Map<String, String> cookies = new LinkedHashMap<>();
    for (String line : lines) {
      for (Cookie cookie : ServerCookieDecoder.LAX.decodeAll(line)) {
        cookies.putIfAbsent(cookie.name(), cookie.value());
      }
    }
    return Collections.unmodifiableMap(cookies);
  }
}
