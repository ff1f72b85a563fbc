// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.webhooks.WebhookEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Restores the order of events of a socket. Each type comes by a stream of its own, so that a
 * subscription may come before the connection. An event that must have happened before is told
 * first, and is skipped when it comes. Thread-safe.
 *
 * @param <S> sockets, compared by identity
 */
final class SocketLedger<S> {
  /** Told the events in their order, one at a time. */
  interface Teller<S> {
    void tell(S socket, WebhookEvent event, @Nullable String channel, String detail);
  }

  private final Teller<S> teller;
  private final ReentrantLock lock = new ReentrantLock();

  /** Weak, because an event may come after the last one. */
  @GuardedBy("lock")
  private final Map<S, Told> sockets = new WeakHashMap<>();

  /** The events of a socket that were told. */
  private static final class Told {
    private boolean isConnected;
    private boolean isOver;
    private final Set<String> channels = new HashSet<>(2);

    /** For each channel, how many subscriptions, or less than 0 unsubscriptions, to skip. */
    private final Map<String, Integer> early = new HashMap<>(0);

    private boolean skips(String channel, int direction) {
      int count = early.getOrDefault(channel, 0);
      if (count * direction <= 0) {
        return false;
      }
      add(channel, -direction);
      return true;
    }

    private void add(String channel, int direction) {
      early.merge(channel, direction, (a, b) -> a + b == 0 ? null : a + b);
    }
  }

  SocketLedger(Teller<S> teller) {
    this.teller = teller;
  }

  /** Takes a socket and its channels for told: they were there before anything was followed. */
  void know(S socket, Set<String> channels) {
    lock.lock();
    try {
      Told told = new Told();
      told.isConnected = true;
      told.channels.addAll(channels);
      sockets.put(socket, told);
    } finally {
      lock.unlock();
    }
  }

  void connected(S socket) {
    lock.lock();
    try {
      connect(socket);
    } finally {
      lock.unlock();
    }
  }

  /** Returns what was told of a socket, which is connected then; null after its last event. */
  @GuardedBy("lock")
  private @Nullable Told connect(S socket) {
    Told told = sockets.computeIfAbsent(socket, key -> new Told());
    if (told.isOver) {
      return null;
    }
    if (!told.isConnected) {
      told.isConnected = true;
      teller.tell(socket, WebhookEvent.CONNECTION, null, "");
    }
    return told;
  }

  void subscribed(S socket, String channel) {
    lock.lock();
    try {
      Told told = connect(socket);
      if (told == null || told.skips(channel, 1)) {
        return;
      }
      if (!told.channels.add(channel)) {
        told.add(channel, -1);
        teller.tell(socket, WebhookEvent.UNSUBSCRIPTION, channel, "");
      }
      teller.tell(socket, WebhookEvent.SUBSCRIPTION, channel, "");
    } finally {
      lock.unlock();
    }
  }

  void unsubscribed(S socket, String channel) {
    lock.lock();
    try {
      Told told = connect(socket);
      if (told == null || told.skips(channel, -1)) {
        return;
      }
      if (!told.channels.remove(channel)) {
        told.add(channel, 1);
        teller.tell(socket, WebhookEvent.SUBSCRIPTION, channel, "");
      }
      teller.tell(socket, WebhookEvent.UNSUBSCRIPTION, channel, "");
    } finally {
      lock.unlock();
    }
  }

  /** The last event of a socket: subscriptions that are left end before. */
  void disconnected(S socket, String detail) {
    lock.lock();
    try {
      Told told = connect(socket);
      if (told == null) {
        return;
      }
      told.channels.stream()
          .sorted()
          .forEach(channel -> teller.tell(socket, WebhookEvent.UNSUBSCRIPTION, channel, ""));
      told.channels.clear();
      told.early.clear();
      told.isOver = true;
      teller.tell(socket, WebhookEvent.DISCONNECTION, null, detail);
    } finally {
      lock.unlock();
    }
  }
}
