// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The channels that the machine wants from the broker, and those that are in force there. Callers
 * say what they want and never wait; the thread of the connection brings the two together, many
 * channels at once. Thread-safe. Futures are completed outside of the lock.
 *
 * <p>A wanted channel counts as in force while there is no connection: local subscribers are
 * served, and the gap is announced.
 */
final class WantedChannels {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final Map<String, Want> wants = new HashMap<>();

  @GuardedBy("lock")
  private Set<String> unsettled = new LinkedHashSet<>();

  @GuardedBy("lock")
  private boolean connected;

  private boolean woken;

  /** Confirmations of channels that nobody wants any more. */
  @GuardedBy("lock")
  private List<CompletableFuture<Void>> unneeded = new ArrayList<>();

  private static final class Want {
    boolean isWanted;
    boolean isInForce;
    @Nullable BrokerError refusal; // by the present connection
    @Nullable CompletableFuture<Void> confirmation;
  }

  /** The changes that the broker has to be asked for. */
  record Changes(List<String> subscribe, List<String> unsubscribe) {
    boolean isEmpty() {
      return subscribe.isEmpty() && unsubscribe.isEmpty();
    }
  }

  /** A channel has its first subscriber. */
  void want(String channel) {
    lock.lock();
    try {
      Want want = wants.computeIfAbsent(channel, name -> new Want());
      want.isWanted = true;
      unsettled(channel, want);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A channel has lost its last subscriber. A confirmation that is awaited completes later, on the
   * thread of the connection: the caller holds the exclusion of the channel.
   */
  void unwant(String channel) {
    lock.lock();
    try {
      Want want = wants.get(channel);
      if (want != null) {
        want.isWanted = false;
        if (want.refusal != null) {
          wants.remove(channel);
        } else {
          unsettled(channel, want);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void unsettled(String channel, Want want) {
    if (!connected) {
      if (!want.isWanted) {
        wants.remove(channel);
      }
    } else if (want.isWanted != want.isInForce && unsettled.add(channel)) {
      changed.signal();
    }
  }

  /** Returns what completes when a wanted channel is in force, or fails when it is refused. */
  CompletableFuture<Void> confirmation(String channel) {
    lock.lock();
    try {
      Want want = wants.get(channel);
      if (!connected || want == null || !want.isWanted || want.isInForce) {
        return DONE;
      }
      if (want.refusal != null) { // the broker was faster than who asks
        return CompletableFuture.failedFuture(want.refusal);
      }
      CompletableFuture<Void> known = want.confirmation;
      if (known == null) {
        known = new CompletableFuture<>();
        want.confirmation = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** A new connection, which has no subscription yet: all that is wanted has to be asked for. */
  void connected() {
    lock.lock();
    try {
      connected = true;
      unsettled = new LinkedHashSet<>(wants.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** The connection is lost, and every subscription with it. */
  void disconnected() {
    List<CompletableFuture<Void>> confirmations = new ArrayList<>();
    lock.lock();
    try {
      connected = false;
      unsettled = new LinkedHashSet<>();
      for (Want want : wants.values()) {
        want.isInForce = false;
        want.refusal = null;
        if (want.confirmation != null) {
          confirmations.add(want.confirmation);
          want.confirmation = null;
        }
      }
      wants.values().removeIf(want -> !want.isWanted);
    } finally {
      lock.unlock();
    }
    confirmations.forEach(each -> complete(each, null));
  }

  /**
   * Waits until the broker has to be asked for changes.
   *
   * @param limit how long to wait at most
   * @return no changes when the time is over, or when {@link #wake} was called
   */
  Changes await(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (!woken && unsettled.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
    return now();
  }

  /** Ends the wait in {@link #await}, or the next one. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the changes that the broker has to be asked for now. */
  Changes now() {
    Changes changes;
    lock.lock();
    try {
      changes = takeChanges();
    } finally {
      lock.unlock();
    }
    completeUnneeded();
    return changes;
  }

  @GuardedBy("lock")
  private Changes takeChanges() {
    Changes changes = new Changes(new ArrayList<>(), new ArrayList<>());
    for (String channel : unsettled) {
      Want want = wants.get(channel);
      if (want == null) {
        continue;
      }
      if (want.isWanted == want.isInForce) {
        forgetIfIdle(channel, want);
        continue;
      }
      (want.isWanted ? changes.subscribe() : changes.unsubscribe()).add(channel);
    }
    unsettled = new LinkedHashSet<>();
    return changes;
  }

  /** The broker has subscribed to channels, some of which it has refused. */
  void subscribed(Collection<String> channels, Map<String, BrokerError> refused) {
    Map<CompletableFuture<Void>, @Nullable BrokerError> confirmations = new HashMap<>();
    lock.lock();
    try {
      for (String channel : channels) {
        Want want = wants.get(channel);
        if (want == null) {
          continue;
        }
        BrokerError error = refused.get(channel);
        want.isInForce = error == null;
        want.refusal = error;
        if (want.confirmation != null) {
          confirmations.put(want.confirmation, error);
          want.confirmation = null;
        }
        settle(channel, want, error != null);
      }
    } finally {
      lock.unlock();
    }
    confirmations.forEach(WantedChannels::complete);
    completeUnneeded();
  }

  /** The broker has unsubscribed from channels. */
  void unsubscribed(Collection<String> channels) {
    lock.lock();
    try {
      for (String channel : channels) {
        Want want = wants.get(channel);
        if (want != null) {
          want.isInForce = false;
          settle(channel, want, false);
        }
      }
    } finally {
      lock.unlock();
    }
    completeUnneeded();
  }

  /** Compares a channel again: a caller may have changed its mind while the broker was asked. */
  @GuardedBy("lock")
  private void settle(String channel, Want want, boolean refused) {
    forgetIfIdle(channel, want);
    if (want.isWanted != want.isInForce && !refused) {
      unsettled.add(channel);
    }
  }

  @GuardedBy("lock")
  private void forgetIfIdle(String channel, Want want) {
    if (!want.isWanted && !want.isInForce) {
      wants.remove(channel);
      if (want.confirmation != null) {
        unneeded.add(want.confirmation);
      }
    }
  }

  private void completeUnneeded() {
    List<CompletableFuture<Void>> completed;
    lock.lock();
    try {
      completed = unneeded;
      unneeded = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    completed.forEach(each -> complete(each, null));
  }

  /** Returns how many channels are wanted, in force, or both. */
  int size() {
    lock.lock();
    try {
      return wants.size();
    } finally {
      lock.unlock();
    }
  }

  private static void complete(
      @Nullable CompletableFuture<Void> confirmation, @Nullable BrokerError error) {
    if (confirmation != null && error != null) {
      confirmation.completeExceptionally(error);
    } else if (confirmation != null) {
      confirmation.complete(null);
    }
  }
}
