// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what each address has, up to a limit. Addresses that have nothing cost nothing. */
final class AddressCounts {
  /**
   * What counts as one address: an address of IPv4, or a /64 network of IPv6, for a client with
   * IPv6 usually has a whole one.
   */
  record Block(boolean isNetwork, long bits) {
    static Block of(InetAddress address) {
      ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
      return address instanceof Inet6Address
          ? new Block(true, bytes.getLong())
          : new Block(false, bytes.getInt());
    }
  }

  private final int limit;
  private final Map<Block, Integer> counts = new ConcurrentHashMap<>();

  AddressCounts(int limit) {
    this.limit = limit;
  }

  /** Counts one more; returns false, and counts nothing, when the address has as many as it may. */
  boolean enter(@Nullable InetAddress address) {
    if (address == null) {
      return true;
    }
    int now = counts.merge(Block.of(address), 1, Integer::sum);
    if (now > limit) {
      leave(address);
      return false;
    }
    return true;
  }

  /** Counts one less. */
  void leave(@Nullable InetAddress address) {
    if (address != null) {
      counts.computeIfPresent(Block.of(address), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Returns how many addresses have something. */
  int addresses() {
    return counts.size();
  }
}
