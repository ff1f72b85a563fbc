// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets others run while long values are decoded. A virtual thread keeps its carrier as long as it
 * computes: a few clients with long messages would have them all. So long values are decoded one
 * after the other, by as many threads as leave half of the carriers free, and in slices between
 * which others have their turn. Thread-safe.
 */
public final class DecodingTurns {
  /** From here on others go first: so much is decoded in some ten microseconds. */
  private static final int NOTABLE_BYTES = 2 * 1024;

  /** From here on a value is long: so much is decoded in about a millisecond. */
  private static final int LONG_BYTES = 16 * 1024;

  private static final DecodingPlaces PLACES =
      new DecodingPlaces(
          Math.max(1, Runtime.getRuntime().availableProcessors() / 2), Duration.ofSeconds(1));

  private static final Set<Thread> DECODING = ConcurrentHashMap.newKeySet();

  private DecodingTurns() {}

  /**
   * Decodes a value when it is its turn. On a platform thread that is now.
   *
   * @param bytes how long the value is
   */
  @SuppressWarnings("ThreadPriorityCheck") // a fair share is all that is relied on
  static <T> T take(int bytes, Supplier<T> decoding) {
    if (bytes < NOTABLE_BYTES || !Thread.currentThread().isVirtual()) {
      return decoding.get();
    }
    Thread.yield();
    return bytes < LONG_BYTES ? decoding.get() : takePlace(decoding);
  }

  /** A value inside of a value is part of it. */
  private static <T> T takePlace(Supplier<T> decoding) {
    Thread thread = Thread.currentThread();
    if (!DECODING.add(thread)) {
      return decoding.get();
    }
    try {
      return PLACES.hold(decoding);
    } finally {
      DECODING.remove(thread);
    }
  }

  /**
   * Returns whether a thread decodes a long value or waits for its turn to do so. Such a thread is
   * at work, although it may be parked.
   *
   * @param thread any thread
   */
  public static boolean isDecoding(Thread thread) {
    return DECODING.contains(thread);
  }

  /** Returns whether a value is so long that it has to be decoded in slices. */
  static boolean isLong(int bytes) {
    return bytes >= LONG_BYTES;
  }
}
