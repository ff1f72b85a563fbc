// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Makes an address of the text that a container has for it. Filters put there what a header says,
 * so the text may be a name that a client has chosen: no name is looked up.
 */
final class PeerAddress {
  private PeerAddress() {}

  /** Returns the address; unresolved if the text is no IP address. */
  static InetSocketAddress of(String text, int port) {
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
    return address == null
        ? InetSocketAddress.createUnresolved(text, port)
        : new InetSocketAddress(address, port);
  }
}
