// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.errors.BrokerError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The publishes that wait for the broker, in their order, bounded in number and bytes. Those who
 * publish never wait; one thread takes what has gathered meanwhile, so that many publishes leave in
 * one write and share one confirmation. Thread-safe.
 */
final class Outbox {
  private static final int BATCH = 1_024;
  private static final long BATCH_BYTES = 1 << 20;

  private final int limit;
  private final long byteLimit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final ArrayDeque<Publish> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private long bytes;

  @GuardedBy("lock")
  private boolean open;

  @GuardedBy("lock")
  private boolean ended;

  /** A message and what completes when the broker has it. */
  record Publish(ClusterMessage message, long bytes, CompletableFuture<Void> confirmation) {
    static Publish of(ClusterMessage message) {
      Footprint footprint = new Footprint();
      footprint.add(message.channel());
      footprint.add(message.data());
      return new Publish(message, footprint.bytes(), new CompletableFuture<>());
    }
  }

  Outbox(int limit, long byteLimit) {
    this.limit = limit;
    this.byteLimit = byteLimit;
  }

  /** Adds a message; returns what completes when the broker has it. */
  CompletableFuture<Void> add(ClusterMessage message) {
    Publish publish = Publish.of(message);
    lock.lock();
    try {
      if (!open) {
        return refused("There is no connection to the broker");
      }
      if (waiting.size() >= limit || (bytes > 0 && bytes + publish.bytes() > byteLimit)) {
        return refused("The broker is too slow: too many publishes wait for it");
      }
      waiting.add(publish);
      bytes += publish.bytes();
      changed.signal();
    } finally {
      lock.unlock();
    }
    return publish.confirmation();
  }

  private static CompletableFuture<Void> refused(String reason) {
    return CompletableFuture.failedFuture(new BrokerError(reason));
  }

  void open() {
    lock.lock();
    try {
      open = !ended;
    } finally {
      lock.unlock();
    }
  }

  /** Accepts nothing more, and fails what waits. */
  void close(BrokerError reason) {
    List<Publish> failed;
    lock.lock();
    try {
      open = false;
      failed = List.copyOf(waiting);
      waiting.clear();
      bytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    failed.forEach(each -> each.confirmation().completeExceptionally(reason));
  }

  /** Accepts nothing more for good; what waits can still be taken. */
  void end() {
    lock.lock();
    try {
      ended = true;
      open = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for publishes; returns none when the outbox is closed, or has ended and is empty. */
  List<Publish> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (open && waiting.isEmpty()) {
        changed.await();
      }
      return nextBatch();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private List<Publish> nextBatch() {
    List<Publish> batch = new ArrayList<>(Math.min(waiting.size(), BATCH));
    long taken = 0;
    while (!waiting.isEmpty() && batch.size() < BATCH && taken < BATCH_BYTES) {
      Publish next = waiting.remove();
      taken += next.bytes();
      batch.add(next);
    }
    bytes -= taken;
    return batch;
  }
}
