// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.channels.LoopChannel.Delivery;
import java.util.ArrayList;
import java.util.List;

/**
 * Deliveries of one channel that follow each other. What they have in common is done once for all
 * of them, for each member of the channel. Event loop only.
 */
final class DeliveryRun {
  /** What is copied once and sent in one piece. */
  private static final int MAX_BYTES = 65_536;

  private final List<Delivery> deliveries = new ArrayList<>(2);
  private final ServerObserver observer;
  private int bytes;

  DeliveryRun(ServerObserver observer) {
    this.observer = observer;
  }

  /** Takes a delivery and its reference; sends those before it if it is not one of them. */
  void add(Delivery next) {
    try {
      if (!deliveries.isEmpty() && !continues(next)) {
        send();
      }
    } finally { // it is taken, even if those before it have failed
      deliveries.add(next);
      bytes += next.size();
    }
  }

  @SuppressWarnings("ReferenceEquality") // channels have no other equality
  private boolean continues(Delivery next) {
    return deliveries.getLast().channel() == next.channel() && bytes + next.size() <= MAX_BYTES;
  }

  /** Sends what it has, and lets go of it. */
  void send() {
    if (deliveries.isEmpty()) {
      return;
    }
    try {
      deliveries.getFirst().channel().send(deliveries);
      observe();
    } finally {
      release();
    }
  }

  private void observe() {
    if (observer.equals(ServerObserver.NONE)) {
      return;
    }
    for (Delivery delivery : deliveries) {
      LoopChannel channel = delivery.channel();
      observer.publishDelivered(channel.name(), channel.size(), delivery.size());
    }
  }

  private void release() {
    deliveries.forEach(Delivery::release);
    deliveries.clear();
    bytes = 0;
  }
}
