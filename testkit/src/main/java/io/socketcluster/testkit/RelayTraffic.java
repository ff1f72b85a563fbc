// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The faults of a relay: the delay of its bytes, and whether they pass at all. Thread-safe. */
final class RelayTraffic {
  private final LongAdder carried = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition resumed = lock.newCondition();
  private volatile long delayNanos;
  private volatile boolean paused;

  void delay(Duration oneWay) {
    delayNanos = oneWay.toNanos();
  }

  /** Returns when bytes that come now are due, in the time of {@link System#nanoTime}. */
  long due() {
    return System.nanoTime() + delayNanos;
  }

  void pause() {
    paused = true;
  }

  void resume() {
    lock.lock();
    try {
      paused = false;
      resumed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void awaitResumed() throws InterruptedException {
    if (!paused) {
      return;
    }
    lock.lock();
    try {
      while (paused) {
        resumed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  void onCarried(int bytes) {
    carried.add(bytes);
  }

  long carriedBytes() {
    return carried.sum();
  }
}
