// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.server.AGServerOptions;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the addresses that have connections, and of those that had some lately: as long as
 * their buckets are not full, up to a bound, beyond which those that left first are forgotten.
 * Thread-safe.
 */
final class AddressTable {
  static final int MOST_ABSENT = 65_536;

  private final AGServerOptions options;
  private final boolean hasLimits;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<AddressBlock, AddressLimits> present = new HashMap<>();

  /** In the order in which their last connections were closed. */
  @GuardedBy("lock")
  private final LinkedHashMap<AddressBlock, AddressLimits> absent = new LinkedHashMap<>();

  AddressTable(AGServerOptions options) {
    this.options = options;
    hasLimits =
        options.addressHandshakeRate() != null
            || options.addressMessageRate() != null
            || options.addressSubscribeRate() != null;
  }

  /** A connection came; returns the limits of its address, or null when it has none. */
  @Nullable AddressLimits enter(@Nullable InetAddress address, long now) {
    if (!hasLimits || address == null) {
      return null;
    }
    AddressBlock block = AddressBlock.of(address);
    lock.lock();
    try {
      AddressLimits left = absent.remove(block);
      AddressLimits limits =
          present.computeIfAbsent(
              block, each -> left == null ? new AddressLimits(options, now) : left);
      limits.connections++;
      return limits;
    } finally {
      lock.unlock();
    }
  }

  /** A connection that came from this address went. */
  void leave(InetAddress address, AddressLimits limits, long now) {
    AddressBlock block = AddressBlock.of(address);
    lock.lock();
    try {
      limits.connections--;
      if (limits.connections == 0) {
        present.remove(block);
        if (!limits.areFull(now)) {
          remember(block, limits, now);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets at most one other entry per call, so that this takes constant time. */
  @GuardedBy("lock")
  private void remember(AddressBlock block, AddressLimits limits, long now) {
    absent.put(block, limits);
    Iterator<AddressLimits> longest = absent.values().iterator();
    AddressLimits first = longest.next();
    if (absent.size() > MOST_ABSENT || first.areFull(now)) {
      longest.remove();
    }
  }

  /** Returns how many addresses are known. */
  int size() {
    lock.lock();
    try {
      return present.size() + absent.size();
    } finally {
      lock.unlock();
    }
  }
}
