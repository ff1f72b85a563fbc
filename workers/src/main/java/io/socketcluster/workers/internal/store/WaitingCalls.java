// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.protocol.errors.ResourceLimitError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The calls that wait for one connection. A call that waits no longer is forgotten. */
final class WaitingCalls {
  private static final int MOST = 10_000;

  private final ConcurrentMap<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();
  private volatile boolean connected;

  boolean areOver() {
    return connected;
  }

  /** Lets all calls go on, and those that come later. */
  void end() {
    connected = true;
    waiting.values().forEach(call -> call.complete(null));
  }

  /** Returns a future that fails if there is no connection in time, or if too many calls wait. */
  CompletableFuture<Void> add(Duration patience) {
    if (waiting.size() >= MOST) {
      return CompletableFuture.failedFuture(
          new ResourceLimitError("More than " + MOST + " calls wait for the store"));
    }
    CompletableFuture<Void> call = new CompletableFuture<>();
    Long number = last.incrementAndGet();
    waiting.put(number, call);
    call.whenComplete((done, failure) -> waiting.remove(number));
    if (connected) {
      call.complete(null); // the end may have come before
    }
    return call.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  int count() {
    return waiting.size();
  }
}
