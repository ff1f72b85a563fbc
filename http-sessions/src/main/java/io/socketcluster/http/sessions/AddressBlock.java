// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What counts as one address: an address of IPv4, or a /64 network of IPv6, for a client with IPv6
 * usually has a whole one.
 */
record AddressBlock(boolean isNetwork, long bits) {
  static AddressBlock of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new AddressBlock(true, bytes.getLong())
        : new AddressBlock(false, bytes.getInt());
  }
}
