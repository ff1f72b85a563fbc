// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.server.internal.http.Cookies;
import io.socketcluster.server.internal.http.QueryParameters;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request with which a socket came. Immutable. Addresses are {@link InetAddress}es where
 * SocketCluster for Node has strings: {@code getHostAddress()} is the text.
 *
 * @param uri path and query as sent
 * @param headers the header fields, names in lower case
 * @param remoteAddress the address of the peer: the client, or the proxy nearest to this server;
 *     null when the transport has none
 * @param remotePort the port of the peer, or 0 when the transport has none
 * @param forwardedForAddress the address of the client as {@code trustedProxies} say, without a
 *     port; null when the peer is none of them, or does not say who the client is
 */
public record UpgradeRequest(
    String uri,
    Map<String, List<String>> headers,
    @Nullable InetAddress remoteAddress,
    int remotePort,
    @Nullable InetAddress forwardedForAddress) {
  /**
   * Up to so many fields are in the map that is smaller: there is one for each connection. It would
   * compare each of many fields with all others if a client chose names of one hash code.
   */
  private static final int MANY_HEADERS = 64;

  public UpgradeRequest {
    headers = copyOf(headers);
  }

  private static Map<String, List<String>> copyOf(Map<String, List<String>> headers) {
    Map<String, List<String>> copy = HashMap.newHashMap(headers.size());
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return copy.size() > MANY_HEADERS ? Collections.unmodifiableMap(copy) : Map.copyOf(copy);
  }

  /** Returns {@code IPv4}, {@code IPv6}, or null when the transport has no addresses. */
  public @Nullable String remoteFamily() {
    if (remoteAddress == null) {
      return null;
    }
    return remoteAddress instanceof Inet4Address ? "IPv4" : "IPv6";
  }

  /** Returns the address of the client: what trusted proxies say, else that of the peer. */
  public @Nullable InetAddress clientAddress() {
    return forwardedForAddress == null ? remoteAddress : forwardedForAddress;
  }

  /** Returns the first value of a header field, or null; upper and lower case are the same. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /**
   * Returns the parameters of the query, in its order, with all their values. Escapes are decoded
   * as UTF-8; a name or a value with a broken one is left as it was sent. Read anew at each call.
   */
  public Map<String, List<String>> query() {
    return QueryParameters.in(uri);
  }

  /** Returns the first value of a parameter of the query, or null; see {@link #query()}. */
  public @Nullable String query(String name) {
    List<String> values = query().get(name);
    return values == null ? null : values.getFirst();
  }

  /**
   * Returns the values of the cookies by name, without the quotes around them and not decoded. What
   * is no cookie is left out; of several with one name the first counts. Read anew at each call.
   */
  public Map<String, String> cookies() {
    return Cookies.in(headers.getOrDefault("cookie", List.of()));
  }

  /** Returns the value of a cookie, or null; see {@link #cookies()}. */
  public @Nullable String cookie(String name) {
    return cookies().get(name);
  }

  /** Tells the path and the addresses; cookies, headers and query can hold secrets. */
  @Override
  public String toString() {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    return "UpgradeRequest[path="
        + path
        + ", remoteAddress="
        + remoteAddress
        + ", forwardedForAddress="
        + forwardedForAddress
        + "]";
  }
}
