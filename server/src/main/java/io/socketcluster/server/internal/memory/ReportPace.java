// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one of many reports through in each interval, since clients cause them. Thread-safe. */
public final class ReportPace {
  private final long interval;
  private final LongSupplier nanoClock;
  private final AtomicLong nextAt;
  private final AtomicInteger count = new AtomicInteger();

  public ReportPace(Duration interval, LongSupplier nanoClock) {
    this.interval = interval.toNanos();
    this.nanoClock = nanoClock;
    this.nextAt = new AtomicLong(nanoClock.getAsLong());
  }

  /** Returns how many have come since the last one that was let through, or 0 to keep quiet. */
  public int next() {
    count.incrementAndGet();
    long now = nanoClock.getAsLong();
    long due = nextAt.get();
    boolean passes = now - due >= 0 && nextAt.compareAndSet(due, now + interval);
    return passes ? count.getAndSet(0) : 0;
  }
}
