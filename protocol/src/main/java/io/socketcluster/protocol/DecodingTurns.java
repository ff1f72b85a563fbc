// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

  /** What is decoded in some hundred microseconds. */
  private static final int VALUES_IN_A_SLICE = 1024;

  /** A constructor of the application's own may wait for another thread that waits here. */
  private static final long PATIENCE_SECONDS = 1;

  private static final Semaphore PLACES =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  private static final Set<Thread> DECODING = ConcurrentHashMap.newKeySet();

  private DecodingTurns() {}

  /**
   * Decodes a value when it is its turn. On a platform thread that is now.
   *
   * @param bytes how long the value is
   */
  static <T> T take(int bytes, Supplier<T> decoding) {
    if (bytes < NOTABLE_BYTES || !Thread.currentThread().isVirtual()) {
      return decoding.get();
    }
    yieldToOthers();
    return bytes < LONG_BYTES ? decoding.get() : takePlace(decoding);
  }

  /** A value inside of a value is part of it. */
  private static <T> T takePlace(Supplier<T> decoding) {
    Thread thread = Thread.currentThread();
    if (!DECODING.add(thread)) {
      return decoding.get();
    }
    boolean hasPlace = awaitPlace();
    try {
      return decoding.get();
    } finally {
      if (hasPlace) {
        PLACES.release();
      }
      DECODING.remove(thread);
    }
  }

  private static boolean awaitPlace() {
    try {
      return PLACES.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Says that one more value has been decoded, so that others may have their turn. For codecs.
   *
   * @param values how many values have been decoded before
   */
  public static void decoded(int values) {
    if (values % VALUES_IN_A_SLICE == VALUES_IN_A_SLICE - 1) {
      yieldToOthers();
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

  @SuppressWarnings("ThreadPriorityCheck") // a fair share is all that is relied on
  private static void yieldToOthers() {
    if (Thread.currentThread().isVirtual()) {
      Thread.yield();
    }
  }
}
