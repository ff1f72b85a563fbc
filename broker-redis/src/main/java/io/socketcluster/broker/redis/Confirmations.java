// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the channels that Redis says it has subscribed: the library's future of a subscription
 * completes before. Thread-safe.
 */
final class Confirmations extends RedisPubSubAdapter<String, byte[]> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final Set<String> missing = new HashSet<>();

  void expect(Collection<String> channels) {
    lock.lock();
    try {
      missing.addAll(channels);
    } finally {
      lock.unlock();
    }
  }

  /** A channel was refused, or is of no interest any more. */
  void forget(String channel) {
    subscribed(channel, 0);
  }

  @Override
  public void subscribed(String channel, long count) {
    lock.lock();
    try {
      if (missing.remove(channel) && missing.isEmpty()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ssubscribed(String channel, long count) {
    subscribed(channel, count);
  }

  /** Waits until everything expected was confirmed. */
  void await(Duration limit) throws InterruptedException, TimeoutException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (!missing.isEmpty()) {
        if (left <= 0) {
          throw new TimeoutException(
              missing.size() + " subscriptions were not confirmed within " + limit);
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
