// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.store.StoreOptions;
import java.util.concurrent.atomic.AtomicLong;

/** How many keys and bytes a store in memory has. */
final class Occupancy {
  private final StoreOptions options;
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  Occupancy(StoreOptions options) {
    this.options = options;
  }

  /**
   * Adds to the account, or subtracts negative numbers.
   *
   * @throws ResourceLimitError if that is too much; nothing was added then
   */
  void add(int moreKeys, long moreBytes) {
    long allKeys = keys.addAndGet(moreKeys);
    long allBytes = bytes.addAndGet(moreBytes);
    if (moreKeys > 0 && allKeys > options.keyLimit()) {
      subtract(moreKeys, moreBytes);
      throw new ResourceLimitError("The store is full: keyLimit is " + options.keyLimit());
    }
    if (moreBytes > 0 && allBytes > options.byteLimit()) {
      subtract(moreKeys, moreBytes);
      throw new ResourceLimitError("The store is full: byteLimit is " + options.byteLimit());
    }
  }

  void subtract(int lessKeys, long lessBytes) {
    keys.addAndGet(-lessKeys);
    bytes.addAndGet(-lessBytes);
  }
}
