// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The CORS headers for requests of pages from other origins. */
public final class Cors {
  private static final String MAX_AGE = "600";
  private static final List<String> NO_CACHE = List.of("no-store, no-transform");
  private static final List<String> NO = List.of("no");
  private static final List<String> NO_SNIFFING = List.of("nosniff");
  private static final List<String> TRUE = List.of("true");

  private Cors() {}

  /**
   * Returns an answer that no cache keeps and that the page may read.
   *
   * @param request of an origin that was allowed
   */
  public static HttpAnswer readable(UpgradeRequest request, HttpAnswer answer) {
    return readable(request.header("origin"), answer);
  }

  static HttpAnswer readable(@Nullable String origin, HttpAnswer answer) {
    Map<String, List<String>> headers = new HashMap<>(answer.headers());
    headers.put("cache-control", NO_CACHE);
    headers.put("x-accel-buffering", NO);
    headers.put("x-content-type-options", NO_SNIFFING);
    if (origin != null) {
      headers.put("vary", List.of("origin"));
      headers.put("access-control-allow-origin", List.of(origin));
      headers.put("access-control-allow-credentials", TRUE);
    }
    return new HttpAnswer(answer.status(), headers, answer.body()); // checked once, not for each
  }

  /** Returns the answer to the question of a browser whether a page may send a request. */
  public static HttpAnswer preflight(UpgradeRequest request) {
    return readable(request, HttpAnswer.of(204))
        .withHeader("access-control-allow-methods", "GET, POST, OPTIONS")
        .withHeader("access-control-allow-headers", "content-type")
        .withHeader("access-control-max-age", MAX_AGE);
  }

  /**
   * Returns whether a request came from a page of this very host, or from no page: only then a
   * cookie proves who sent it. Browsers send cookies with requests of every page.
   */
  public static boolean isSameSite(UpgradeRequest request) {
    String host = request.header("host");
    String origin = request.header("origin");
    if (origin != null) {
      return isAt(origin, host);
    }
    String site = request.header("sec-fetch-site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String referrer = request.header("referer");
    return referrer == null || isAt(referrer, host);
  }

  private static boolean isAt(String uri, @Nullable String host) {
    int begin = uri.indexOf("://");
    if (begin < 0 || host == null) {
      return false;
    }
    int end = uri.indexOf('/', begin + 3);
    return uri.substring(begin + 3, end < 0 ? uri.length() : end).equalsIgnoreCase(host);
  }
}
