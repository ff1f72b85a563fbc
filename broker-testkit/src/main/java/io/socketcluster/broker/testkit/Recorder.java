// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.protocol.Payload;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A subscriber of one channel that records its messages, and notices two deliveries at once. */
public final class Recorder implements ChannelSubscriber {
  private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final List<Throwable> overlaps = new CopyOnWriteArrayList<>();

  /** Creates a recorder without messages. */
  public Recorder() {}

  /** One delivery; what has no data is recorded as "no data". */
  record Received(String channel, String json) {}

  @Override
  public void deliver(ChannelMessage message) {
    if (!busy.compareAndSet(false, true)) {
      overlaps.add(new AssertionError("Two deliveries of one channel at once"));
    }
    Payload data = message.data();
    received.add(new Received(message.channel(), data == null ? "no data" : data.toString()));
    LockSupport.parkNanos(1); // makes an overlap likely
    busy.set(false);
  }

  /**
   * Returns the JSON of the messages in their order, "no data" for a message without data.
   *
   * @throws AssertionError if two messages were delivered at once
   */
  public List<String> json() {
    if (!overlaps.isEmpty()) {
      throw new AssertionError("The channel has no one order", overlaps.getFirst());
    }
    return received.stream().map(Received::json).toList();
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  int count() {
    return received.size();
  }

  /** All subscribers are equal, and must be told apart all the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Recorder;
  }

  @Override
  public int hashCode() {
    return 1;
  }
}
