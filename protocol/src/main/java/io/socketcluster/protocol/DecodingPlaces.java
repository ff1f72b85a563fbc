// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds how many threads decode long values at the same time. Thread-safe. */
final class DecodingPlaces {
  private final Semaphore free;
  private final Duration patience;

  /**
   * @param patience after this time a thread decodes without a place: a constructor of the
   *     application may wait for another thread that waits here
   */
  DecodingPlaces(int places, Duration patience) {
    this.free = new Semaphore(places, true);
    this.patience = patience;
  }

  <T> T hold(Supplier<T> decoding) {
    boolean hasPlace = await();
    try {
      return decoding.get();
    } finally {
      if (hasPlace) {
        free.release();
      }
    }
  }

  private boolean await() {
    try {
      return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
