// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The subscribers of one channel. The lock makes the one order in which all of them receive what
 * many threads publish; nothing that is done under it waits.
 */
final class BrokerChannel {
  private static final ChannelSubscriber[] NONE = {};

  private final ReentrantLock order = new ReentrantLock();

  @GuardedBy("order")
  private ChannelSubscriber[] subscribers = NONE;

  void add(ChannelSubscriber subscriber) {
    order.lock();
    try {
      if (indexOf(subscriber) < 0) {
        ChannelSubscriber[] grown = Arrays.copyOf(subscribers, subscribers.length + 1);
        grown[subscribers.length] = subscriber;
        subscribers = grown;
      }
    } finally {
      order.unlock();
    }
  }

  /** Removes a subscriber; returns whether none is left. */
  boolean remove(ChannelSubscriber subscriber) {
    order.lock();
    try {
      int index = indexOf(subscriber);
      if (index >= 0) {
        ChannelSubscriber[] shrunk = Arrays.copyOf(subscribers, subscribers.length - 1);
        System.arraycopy(subscribers, index + 1, shrunk, index, shrunk.length - index);
        subscribers = shrunk;
      }
      return subscribers.length == 0;
    } finally {
      order.unlock();
    }
  }

  /** Removes all subscribers: when this returns, no delivery is under way. */
  void clear() {
    order.lock();
    try {
      subscribers = NONE;
    } finally {
      order.unlock();
    }
  }

  /** Delivers to every subscriber; one that throws, against its contract, harms no other. */
  void publish(ChannelMessage message, Consumer<Throwable> onFailure) {
    order.lock();
    try {
      for (ChannelSubscriber subscriber : subscribers) {
        try {
          subscriber.deliver(message);
        } catch (RuntimeException e) {
          onFailure.accept(e);
        }
      }
    } finally {
      try {
        message.delivered();
      } finally {
        order.unlock();
      }
    }
  }

  @GuardedBy("order")
  @SuppressWarnings("ReferenceEquality") // a subscriber is identified by its reference
  private int indexOf(ChannelSubscriber subscriber) {
    for (int i = 0; i < subscribers.length; i++) {
      if (subscribers[i] == subscriber) {
        return i;
      }
    }
    return -1;
  }
}
