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

/** The head of an HTTP request and the addresses of its connection. Immutable. */
public sealed interface RequestHead permits HttpRequest, UpgradeRequest {
  /** Returns path and query as sent. */
  String uri();

  /** Returns the header fields with all their values; names are in lower case. */
  Map<String, List<String>> headers();

  /**
   * Returns the address of the peer: the client, or the proxy nearest to this server; null when the
   * transport has none.
   */
  @Nullable InetAddress remoteAddress();

  /** Returns the port of the peer, or 0 if the transport has no addresses. */
  int remotePort();

  /**
   * Returns the address of the client as {@code trustedProxies} say, without a port; null when the
   * peer is none of them, or does not say who the client is.
   */
  @Nullable InetAddress forwardedForAddress();

  /** Returns {@code IPv4}, {@code IPv6}, or null if the transport has no addresses. */
  default @Nullable String remoteFamily() {
    if (remoteAddress() == null) {
      return null;
    }
    return remoteAddress() instanceof Inet4Address ? "IPv4" : "IPv6";
  }

  /**
   * Returns the address of the client: the address reported by trusted proxies, or else the peer's
   * address.
   */
  default @Nullable InetAddress clientAddress() {
    InetAddress forwarded = forwardedForAddress();
    return forwarded == null ? remoteAddress() : forwarded;
  }

  /** Returns the first value of a header field, or null; names are case-insensitive. */
  default @Nullable String header(String name) {
    List<String> values = headers().get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /**
   * Returns the parameters of the query, in order, with all their values. Escapes are decoded as
   * UTF-8; a name or a value with a malformed escape is left as sent. Parsed anew at each call.
   */
  default Map<String, List<String>> query() {
    return QueryParameters.in(uri());
  }

  /** Returns the first value of a query parameter, or null; see {@link #query()}. */
  default @Nullable String query(String name) {
    List<String> values = query().get(name);
    return values == null ? null : values.getFirst();
  }

  /**
   * Returns the values of the cookies by name, without surrounding quotes and without decoding.
   * Malformed cookies are skipped; if a name occurs several times, the first value counts. Parsed
   * anew at each call.
   */
  default Map<String, String> cookies() {
    return Cookies.in(headers().getOrDefault("cookie", List.of()));
  }

  /** Returns the value of a cookie, or null; see {@link #cookies()}. */
  default @Nullable String cookie(String name) {
    return cookies().get(name);
  }
}
