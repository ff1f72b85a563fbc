// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Arrays that several connections hold at the same time, such as a page that all of them are sent.
 * Each connection is charged a part. Thread-safe.
 */
public final class SharedArrays {
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final IdentityHashMap<byte[], AtomicInteger> holders = new IdentityHashMap<>();

  /**
   * Notes that one more connection holds an array.
   *
   * @return how many bytes of it that connection is charged, which changes with the others
   */
  public LongSupplier hold(byte[] array) {
    lock.lock();
    try {
      AtomicInteger count = holders.computeIfAbsent(array, each -> new AtomicInteger());
      count.incrementAndGet();
      return () -> array.length / Math.max(1, count.get());
    } finally {
      lock.unlock();
    }
  }

  /** A connection holds an array no longer. */
  public void release(byte[] array) {
    lock.lock();
    try {
      holders.computeIfPresent(array, (each, count) -> count.decrementAndGet() == 0 ? null : count);
    } finally {
      lock.unlock();
    }
  }
}
