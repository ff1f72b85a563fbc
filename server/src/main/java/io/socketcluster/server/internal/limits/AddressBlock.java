// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * What counts as one address: one of IPv4, or a /64 of IPv6, of which a client usually has all.
 *
 * @param isV4 which of them
 * @param bits the address, or the prefix
 */
record AddressBlock(boolean isV4, long bits) implements Comparable<AddressBlock> {
  private static final Comparator<AddressBlock> ORDER =
      Comparator.comparing(AddressBlock::isV4).thenComparingLong(AddressBlock::bits);

  static AddressBlock of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? new AddressBlock(true, bytes.getInt())
        : new AddressBlock(false, bytes.getLong());
  }

  /** Orders the blocks, so that a hash table finds one among many of the same hash code. */
  @Override
  public int compareTo(AddressBlock other) {
    return ORDER.compare(this, other);
  }
}
