// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.envelope;

import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.protocol.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of one channel that travel in one envelope: one frame for each of its subscribers. */
public final class Batch {
  private static final int MOST = 1_000;
  private static final int MOST_BYTES = 64 << 10;

  private final String channel;
  private final List<Integer> places = new ArrayList<>();
  private final List<@Nullable Payload> messages = new ArrayList<>();
  private int bytes;

  private Batch(String channel) {
    this.channel = channel;
  }

  /** Shares out messages, so that those of each channel keep their order. */
  public static List<Batch> of(List<ClusterMessage> messages) {
    List<Batch> batches = new ArrayList<>();
    Map<String, Batch> open = new HashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      ClusterMessage message = messages.get(i);
      Batch batch = open.get(message.channel());
      if (batch == null || batch.isFull()) {
        batch = new Batch(message.channel());
        open.put(message.channel(), batch);
        batches.add(batch);
      }
      batch.add(i, message.data());
    }
    return batches;
  }

  /**
   * Returns whether only servers use a channel, for orders to each other. Our servers refuse it to
   * their clients; workers on Node do not.
   */
  public static boolean isReserved(String channel) {
    return channel.startsWith("#");
  }

  private boolean isFull() {
    return messages.size() >= MOST || bytes >= MOST_BYTES;
  }

  private void add(int place, @Nullable Payload message) {
    places.add(place);
    messages.add(message);
    bytes += message == null ? 0 : message.size();
  }

  /** Returns the channel of the messages. */
  public String channel() {
    return channel;
  }

  /** Returns where the messages were in the list of all. */
  public List<Integer> places() {
    return places;
  }

  /** Returns the messages as the data of one publish. */
  public Payload envelope(String sender) {
    return new Envelope(sender, messages, isReserved(channel)).toPayload();
  }
}
