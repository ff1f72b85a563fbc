// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.protocol.Payload;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A subscriber that records the messages of a channel with their positions. */
public final class PositionRecorder implements ChannelSubscriber {
  private final List<Received> received = new CopyOnWriteArrayList<>();

  /** Creates a recorder without messages. */
  public PositionRecorder() {}

  /**
   * A delivery.
   *
   * @param position null if the broker does not keep the message
   * @param json the data, "no data" for none
   */
  public record Received(@Nullable HistoryPosition position, String json) {}

  @Override
  public void deliver(ChannelMessage message) {
    Payload data = message.data();
    received.add(new Received(message.position(), data == null ? "no data" : data.toString()));
  }

  /** Returns the deliveries in their order. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /**
   * Returns the positions of the deliveries in their order.
   *
   * @throws AssertionError if a message has none
   */
  public List<HistoryPosition> positions() {
    return received.stream().map(PositionRecorder::positionOf).toList();
  }

  private static HistoryPosition positionOf(Received delivery) {
    HistoryPosition position = delivery.position();
    if (position == null) {
      throw new AssertionError("A message has no position: " + delivery.json());
    }
    return position;
  }

  /** Returns the position of the newest delivery. */
  public HistoryPosition lastPosition() {
    return positionOf(received.getLast());
  }
}
