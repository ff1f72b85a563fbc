// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many plain requests the application answers at the same time. Further requests wait in
 * order of arrival, up to a number and for a while. Blocks, so it is asked on virtual threads.
 * Thread-safe.
 */
public final class RequestPlaces {
  private final Semaphore free;
  private final int queueLimit;
  private final Duration patience;
  private final AtomicInteger waiting = new AtomicInteger();

  public RequestPlaces(AGServerOptions options) {
    free = new Semaphore(options.httpConcurrency(), true);
    queueLimit = options.httpQueueLimit();
    patience = options.handshakeTimeout();
  }

  /**
   * Takes a place, which the caller gives back when the answer has been handed to the connection.
   *
   * @return false when too many wait, or when none became free in time
   */
  public boolean take() throws InterruptedException {
    if (free.tryAcquire(0, TimeUnit.NANOSECONDS)) { // unlike tryAcquire(), behind those that wait
      return true;
    }
    try {
      return waiting.incrementAndGet() <= queueLimit
          && free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Gives a place back. */
  public void giveBack() {
    free.release();
  }

  /** Returns how many requests wait. */
  public int waiting() {
    return waiting.get();
  }
}
