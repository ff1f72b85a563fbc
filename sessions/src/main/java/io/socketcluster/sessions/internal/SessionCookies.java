// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.server.RequestHead;
import io.socketcluster.sessions.SessionOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ids of sessions in cookies. */
public final class SessionCookies {
  private final SessionOptions options;

  /** Reads and writes the cookie of these options. */
  public SessionCookies(SessionOptions options) {
    this.options = options;
  }

  /** Returns the id that a request carries, or null. */
  public @Nullable String idIn(RequestHead request) {
    String value = request.cookie(options.cookieName());
    return SessionIds.isId(value) ? value : null;
  }

  /** Returns a request as if it carried an id. */
  public HttpRequest with(HttpRequest request, String id) {
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    List<String> cookies = new ArrayList<>(List.of(options.cookieName() + "=" + id));
    cookies.addAll(headers.getOrDefault("cookie", List.of()));
    headers.put("cookie", cookies);
    return new HttpRequest(
        request.server(),
        request.method(),
        request.path(),
        request.uri(),
        headers,
        request.remoteAddress(),
        request.remotePort(),
        request.forwardedForAddress(),
        request.body());
  }

  /**
   * Returns an answer that gives an id to the browser. No cache may keep it: another client would
   * get the same id.
   */
  public HttpAnswer giving(HttpAnswer answer, String id) {
    Map<String, List<String>> headers = new HashMap<>(answer.headers());
    headers.put("cache-control", List.of("no-store"));
    headers.remove("expires");
    String secure = options.secureCookie() ? "; Secure" : "";
    return new HttpAnswer(answer.status(), headers, answer.body(), answer.stream())
        .withHeader(
            "set-cookie",
            options.cookieName() + "=" + id + "; Path=/; HttpOnly; SameSite=Lax" + secure);
  }
}
