// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.store.StoreOptions;

/**
 * The shares of the broker process's heap: three tenths for the store, and as much for the data
 * that its server retains for the workers. If the heap ran full, the process would end, and all
 * data with it.
 *
 * @param heap in bytes
 */
public record HeapShares(long heap) {
  private static final int TENTHS = 3;
  private static final int BYTES_OF_KEY = 400; // nodes, slot, expiry and the headers of two texts
  private static final int BYTES_OF_BYTE = 2; // texts that are not Latin-1

  /** Returns the limits of the store with as many keys and bytes as fit into its share. */
  public StoreOptions within(StoreOptions wanted) {
    long share = share();
    int keyLimit = Math.clamp(share / 2 / BYTES_OF_KEY, 1, wanted.keyLimit());
    long ofKeys = (long) keyLimit * BYTES_OF_KEY;
    long byteLimit = Math.clamp((share - ofKeys) / BYTES_OF_BYTE, 1, wanted.byteLimit());
    return StoreSettings.parse(
        StoreSettings.toData(wanted).put("keyLimit", keyLimit).put("byteLimit", byteLimit));
  }

  /** Returns the memory limit of the server, as far as it fits into its share. */
  public long within(long memoryLimit) {
    return Math.min(memoryLimit, share());
  }

  private long share() {
    return heap / 10 * TENTHS;
  }
}
