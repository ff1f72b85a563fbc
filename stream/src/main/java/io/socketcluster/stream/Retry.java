// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tries again to start a handler that no thread could be found for, less and less often: the next
 * write may never come. Holds no stream alive whose executor never takes a task again.
 */
final class Retry implements Runnable {
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 10_000;

  private final WeakReference<HandlerConsumption<?>> consumption;
  private long millis = FIRST_MILLIS; // used by one attempt after the other

  Retry(HandlerConsumption<?> consumption) {
    this.consumption = new WeakReference<>(consumption);
  }

  /** Plans the next attempt; when even that fails, the next write is the next attempt. */
  void later() {
    long pause = millis;
    millis = Math.min(2 * pause, LONGEST_MILLIS);
    try {
      CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, task -> start())
          .execute(this);
    } catch (Throwable e) {
      StreamHome.uncaught(e);
    }
  }

  /** On a thread of its own: an executor may run the task at once. */
  private void start() {
    try {
      VirtualThreadExecutor.INSTANCE.execute(this);
    } catch (Throwable e) {
      later();
    }
  }

  @Override
  public void run() {
    HandlerConsumption<?> idle = consumption.get();
    if (idle != null) {
      idle.tryAgain(this);
    }
  }
}
