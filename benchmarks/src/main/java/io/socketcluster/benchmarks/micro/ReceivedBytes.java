// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what clients receive, on their event loop, for a thread that waits for so much of it. What
 * arrives while nobody expects anything is not counted.
 */
final class ReceivedBytes {
  private final Semaphore complete = new Semaphore(0);
  private final AtomicLong missing = new AtomicLong();

  void expect(long bytes) {
    missing.set(bytes);
  }

  void add(int bytes) {
    if (missing.get() > 0 && missing.addAndGet(-bytes) <= 0) {
      complete.release();
    }
  }

  void await() throws InterruptedException {
    complete.acquire();
  }
}
