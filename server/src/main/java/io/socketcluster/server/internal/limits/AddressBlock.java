// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What counts as one address: one of IPv4, or a /64 of IPv6, of which a client usually has all.
 *
 * @param isV4 which of them
 * @param bits the address, or the prefix
 */
record AddressBlock(boolean isV4, long bits) {
  static AddressBlock of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? new AddressBlock(true, bytes.getInt())
        : new AddressBlock(false, bytes.getLong());
  }
}
