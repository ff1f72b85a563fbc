// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.server.internal.http.Cookies;
import io.socketcluster.server.internal.http.QueryParameters;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the head of an HTTP request says, and where it came from. Immutable. */
public sealed interface RequestHead permits HttpRequest, UpgradeRequest {
  /** Returns path and query as sent. */
  String uri();

  /** Returns the header fields, names in lower case, with all their values. */
  Map<String, List<String>> headers();

  /**
   * Returns the address of the peer: the client, or the proxy nearest to this server; null when the
   * transport has none.
   */
  @Nullable InetAddress remoteAddress();

  /** Returns the port of the peer, or 0 when the transport has none. */
  int remotePort();

  /**
   * Returns the address of the client as {@code trustedProxies} say, without a port; null when the
   * peer is none of them, or does not say who the client is.
   */
  @Nullable InetAddress forwardedForAddress();

  /** Returns {@code IPv4}, {@code IPv6}, or null when the transport has no addresses. */
  default @Nullable String remoteFamily() {
    if (remoteAddress() == null) {
      return null;
    }
    return remoteAddress() instanceof Inet4Address ? "IPv4" : "IPv6";
  }

  /** Returns the address of the client: what trusted proxies say, else that of the peer. */
  default @Nullable InetAddress clientAddress() {
    InetAddress forwarded = forwardedForAddress();
    return forwarded == null ? remoteAddress() : forwarded;
  }

  /** Returns the first value of a header field, or null; upper and lower case are the same. */
  default @Nullable String header(String name) {
    List<String> values = headers().get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /**
   * Returns the parameters of the query, in its order, with all their values. Escapes are decoded
   * as UTF-8; a name or a value with a broken one is left as it was sent. Read anew at each call.
   */
  default Map<String, List<String>> query() {
    return QueryParameters.in(uri());
  }

  /** Returns the first value of a parameter of the query, or null; see {@link #query()}. */
  default @Nullable String query(String name) {
    List<String> values = query().get(name);
    return values == null ? null : values.getFirst();
  }

  /**
   * Returns the values of the cookies by name, without the quotes around them and not decoded. What
   * is no cookie is left out; of several with one name the first counts. Read anew at each call.
   */
  default Map<String, String> cookies() {
    return Cookies.in(headers().getOrDefault("cookie", List.of()));
  }

  /** Returns the value of a cookie, or null; see {@link #cookies()}. */
  default @Nullable String cookie(String name) {
    return cookies().get(name);
  }
}
