// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import io.socketcluster.server.RateLimit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tokens of a {@link RateLimit}, kept as one number: when the bucket will be full again. Times
 * are those of {@link System#nanoTime}. Thread-safe.
 */
public final class TokenBucket {
  private static final long LONGEST = Long.MAX_VALUE / 4; // sums of two are no overflow

  /** Whoever overdid it is not shut out for longer, nor are those who share the bucket. */
  private static final long MOST_DEBT = TimeUnit.SECONDS.toNanos(10);

  private final long interval;
  private final long capacity;
  private final AtomicLong fullAt;

  /** Makes a full bucket. */
  public TokenBucket(RateLimit limit, long now) {
    interval = Math.max(1, limit.period().toNanos() / limit.count());
    capacity = (long) Math.min((double) LONGEST, (double) interval * limit.burst());
    fullAt = new AtomicLong(now);
  }

  /** Takes a token if there is one; returns whether there was. */
  public boolean tryTake(long now) {
    long before;
    long after;
    do {
      before = fullAt.get();
      after = later(before, now) + interval;
      if (after - now > capacity) {
        return false;
      }
    } while (!fullAt.compareAndSet(before, after));
    return true;
  }

  /**
   * Takes a token, one of those to come if there is none.
   *
   * @return in how many nanoseconds it will be there; 0 or less when it is
   */
  public long take(long now) {
    return take(now, 1);
  }

  /** Takes several tokens, as {@link #take(long)} takes one. */
  public long take(long now, int tokens) {
    long before;
    long after;
    do {
      before = fullAt.get();
      after = later(before, now) + interval * tokens;
      if (before - now - capacity > MOST_DEBT) {
        return after - now - capacity;
      }
    } while (!fullAt.compareAndSet(before, after));
    return after - now - capacity;
  }

  /** Returns whether it is as good as a new one. */
  boolean isFull(long now) {
    return fullAt.get() - now <= 0;
  }

  private static long later(long time, long other) {
    return time - other > 0 ? time : other;
  }
}
