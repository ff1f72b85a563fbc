// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.server.internal.http.RequestHeaders;
import java.net.InetAddress;
import java.security.Principal;
import java.util.List;
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
 * @param principal the user that a container or an application has authenticated for the request,
 *     or null; it has nothing to do with the socket's token
 */
public record UpgradeRequest(
    String uri,
    Map<String, List<String>> headers,
    @Nullable InetAddress remoteAddress,
    int remotePort,
    @Nullable InetAddress forwardedForAddress,
    @Nullable Principal principal)
    implements RequestHead {
  public UpgradeRequest {
    headers = RequestHeaders.copyOf(headers);
  }

  /** Describes a request without a principal. */
  public UpgradeRequest(
      String uri,
      Map<String, List<String>> headers,
      @Nullable InetAddress remoteAddress,
      int remotePort,
      @Nullable InetAddress forwardedForAddress) {
    this(uri, headers, remoteAddress, remotePort, forwardedForAddress, null);
  }

  /**
   * Returns the path and the addresses. Cookies, headers, query and principal may contain secrets
   * and are omitted.
   */
  @Override
  public String toString() {
    return "UpgradeRequest[path="
        + RequestHeaders.withoutQuery(uri)
        + ", remoteAddress="
        + remoteAddress
        + ", forwardedForAddress="
        + forwardedForAddress
        + "]";
  }
}
