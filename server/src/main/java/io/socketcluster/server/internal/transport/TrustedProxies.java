// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a client is behind proxies that are trusted to say so. What anybody else says is
 * not believed. Immutable.
 */
final class TrustedProxies {
  /** A longer way than any real one; what comes before is not looked at. */
  private static final int MOST_HOPS = 32;

  private static final int ANY_PORT = 0;

  private final List<IpSubnetFilterRule> trusted;

  /**
   * @param networks addresses, each with {@code /} and the length of its prefix
   */
  TrustedProxies(List<String> networks) {
    trusted =
        networks.stream()
            .map(each -> new IpSubnetFilterRule(each, IpFilterRuleType.ACCEPT))
            .toList();
  }

  /**
   * Returns the address of the client: from right to left the first that is no trusted proxy; or
   * null when the peer itself is none, or when nothing was said.
   *
   * @param hops what the proxies said, the one nearest to this server last
   */
  @Nullable String clientOf(@Nullable InetSocketAddress peer, List<String> hops) {
    if (trusted.isEmpty() || peer == null || !isTrusted(peer.getAddress())) {
      return null;
    }
    List<String> nearest =
        new ArrayList<>(hops.subList(Math.max(0, hops.size() - MOST_HOPS), hops.size()));
    Collections.reverse(nearest);
    String client = null;
    for (String hop : nearest) {
      InetAddress address = parse(hop);
      if (address == null) {
        return client; // unknown, obfuscated or nonsense: what is further away is not known
      }
      client = NetUtil.toAddressString(address);
      if (!isTrusted(address)) {
        return client;
      }
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    InetSocketAddress candidate = new InetSocketAddress(address, ANY_PORT);
    return trusted.stream().anyMatch(rule -> rule.matches(candidate));
  }

  /** No name is ever looked up. */
  private static @Nullable InetAddress parse(String hop) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(withoutPort(hop.strip()));
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? "" : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    boolean isOnlyOne = colon >= 0 && colon == hop.lastIndexOf(':');
    return isOnlyOne ? hop.substring(0, colon) : hop;
  }
}
