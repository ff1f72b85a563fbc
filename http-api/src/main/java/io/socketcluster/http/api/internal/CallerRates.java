// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Limits the requests of each caller, with a bucket of tokens for two seconds. Thread-safe. */
final class CallerRates {
  private static final int MOST_CALLERS = 10_000;
  private static final int SECONDS = 2;
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Recent<Bucket> buckets = new Recent<>(MOST_CALLERS);

  private record Bucket(double tokens, long at) {}

  CallerRates(int perSecond, LongSupplier clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /** Counts one request; refuses it when too many came. */
  void enter(Caller caller) throws ApiError {
    if (!takes(caller.name())) {
      throw new ApiError(429, "RateLimitError", "Too many requests");
    }
  }

  private boolean takes(String name) {
    long now = clock.getAsLong();
    double full = perSecond * SECONDS;
    lock.lock();
    try {
      Bucket bucket = buckets.getOrDefault(name, new Bucket(full, now));
      double tokens = Math.min(full, bucket.tokens + (now - bucket.at) / NANOS * perSecond);
      boolean isThere = tokens >= 1;
      buckets.put(name, new Bucket(isThere ? tokens - 1 : tokens, now));
      return isThere;
    } finally {
      lock.unlock();
    }
  }
}
