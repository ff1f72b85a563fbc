// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a client is behind proxies that are trusted to say so. What anybody else says is
 * not believed. Immutable.
 */
public final class TrustedProxies {
  /** A longer way than any real one; what comes before is not looked at. */
  private static final int MOST_HOPS = 32;

  private static final int ANY_PORT = 0;
  private static final String PREFIX_LENGTH = "\\d{1,3}";

  private final List<IpSubnetFilterRule> trusted;

  /**
   * @param networks addresses, alone or with {@code /} and the length of their prefix
   * @throws IllegalArgumentException when one of them is none
   */
  public TrustedProxies(List<String> networks) {
    trusted = networks.stream().map(TrustedProxies::network).toList();
  }

  /** Returns whether this is an address or a block of addresses. */
  public static boolean isNetwork(String text) {
    try {
      network(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static IpSubnetFilterRule network(String text) {
    int slash = text.indexOf('/');
    InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
    String length = slash < 0 ? "" : text.substring(slash + 1);
    if (address == null || (slash >= 0 && !length.matches(PREFIX_LENGTH))) {
      throw new IllegalArgumentException(text);
    }
    int bits = slash < 0 ? address.getAddress().length * Byte.SIZE : Integer.parseInt(length);
    return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
  }

  /**
   * Returns the address of the client as the proxies say, or null when the peer is no trusted proxy
   * or says nothing that can be understood.
   *
   * @param headers all values of each field, by its name in lower case
   */
  public @Nullable InetAddress clientOf(
      @Nullable InetAddress peer, Map<String, List<String>> headers) {
    if (peer == null || !isTrusted(peer)) {
      return null;
    }
    return nearestStranger(ForwardedHops.in(headers));
  }

  /**
   * Each proxy vouches for the one before it only, so this goes from the nearest away until it
   * meets somebody who is no trusted proxy: that is the client, whatever it says itself.
   */
  private @Nullable InetAddress nearestStranger(List<String> hops) {
    InetAddress client = null;
    for (String hop : hops.subList(Math.max(0, hops.size() - MOST_HOPS), hops.size()).reversed()) {
      InetAddress address = literal(withoutPort(hop.strip()));
      if (address == null) {
        return client; // unknown, obfuscated or nonsense: what is further away is not known
      }
      client = address;
      if (!isTrusted(address)) {
        return client;
      }
    }
    return client;
  }

  /** Returns whether this is the address of a proxy that is trusted. */
  public boolean isTrusted(InetAddress address) {
    InetSocketAddress candidate = new InetSocketAddress(address, ANY_PORT);
    return trusted.stream().anyMatch(rule -> rule.matches(candidate));
  }

  /** No name is ever looked up. An IPv4 address in the form of IPv6 becomes one of IPv4. */
  private static @Nullable InetAddress literal(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
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
