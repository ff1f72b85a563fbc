// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a broker or worker in a cluster, {@code ws://host:port} or {@code
 * wss://host:port}. State servers write IPv4 addresses in brackets when a broker does not say its
 * own: such an address can be connected to as well.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without its brackets
 */
public record InstanceUri(boolean secure, String host, int port) {
  private static final int LONGEST = 300;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]{2,45}(%\\w{1,16})?");
  private static final Pattern URI =
      Pattern.compile("(ws|wss)://(?:\\[([^\\[\\]]*)]|([^\\[\\]:/?#]*)):(\\d{1,5})/?");

  /** Reads an address; returns null when it is none. */
  public static @Nullable InstanceUri parse(String text) {
    Matcher parts = text.length() > LONGEST ? null : URI.matcher(text);
    if (parts == null || !parts.matches()) {
      return null;
    }
    String host = parts.group(2) == null ? parts.group(3) : parts.group(2);
    int port = Integer.parseInt(parts.group(4));
    boolean isBare = parts.group(2) == null;
    return isPort(port) && (isBare ? isName(host) : isHost(host))
        ? new InstanceUri(parts.group(1).equals("wss"), host, port)
        : null;
  }

  /** Returns whether a text is a host name, an IPv4 address, or an IPv6 address, bare. */
  public static boolean isHost(String text) {
    return isName(text) || isIpv6(text);
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static boolean isIpv6(String text) {
    return IPV6.matcher(text).matches();
  }

  /** Returns whether a number can be the port of a server. */
  public static boolean isPort(int port) {
    return port > 0 && port <= 65_535;
  }

  /** Returns the host as a URI has it: an IPv6 address in brackets. */
  public String uriHost() {
    return isIpv6(host) ? "[" + host + "]" : host;
  }

  @Override
  public String toString() {
    return (secure ? "wss://" : "ws://") + uriHost() + ":" + port;
  }
}
