// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** Stamps of values. They are told apart, and no secret. */
final class Stamps {
  private Stamps() {}

  /** Returns 128 random bits: a counter would begin again when its key is removed. */
  static byte[] next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(random.nextLong())
        .putLong(random.nextLong())
        .array();
  }
}
