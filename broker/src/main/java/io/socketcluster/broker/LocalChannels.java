// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.protocol.Payload;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of this machine by channel. Every engine delivers through one of these: all
 * subscribers of a channel receive its messages in one order, whoever published them. Thread-safe;
 * no method blocks for longer than the subscribers take to accept a message.
 */
public final class LocalChannels {
  private final ConcurrentHashMap<String, BrokerChannel> channels = new ConcurrentHashMap<>();
  private final Listener listener;
  private final Consumer<Throwable> failures;

  /**
   * Learns which channels are in use. Both methods are called under the exclusion of the channel,
   * in the order of the changes: they must neither block nor call the channels back.
   */
  public interface Listener {
    /** A channel received its first subscriber. */
    void used(String channel);

    /** A channel lost its last subscriber. */
    void unused(String channel);
  }

  /**
   * Creates channels without subscribers.
   *
   * @param failures is given what a subscriber throws against its contract
   */
  public LocalChannels(Listener listener, Consumer<Throwable> failures) {
    this.listener = listener;
    this.failures = failures;
  }

  /** Adds a subscriber to a channel; without effect when it is there already. */
  public void add(ChannelSubscriber subscriber, String channel) {
    channels.compute(
        channel,
        (name, existing) -> {
          BrokerChannel target = existing == null ? new BrokerChannel() : existing;
          target.add(subscriber);
          if (existing == null) {
            listener.used(name);
          }
          return target;
        });
  }

  /** Removes a subscriber from a channel: when this returns, no delivery to it is under way. */
  public void remove(ChannelSubscriber subscriber, String channel) {
    channels.computeIfPresent(
        channel, (name, existing) -> existing.remove(subscriber) ? ended(name) : existing);
  }

  /** Removes all subscribers of all channels: when this returns, no delivery is under way. */
  public void clear() {
    for (String channel : channels.keySet()) {
      channels.computeIfPresent(
          channel,
          (name, existing) -> {
            existing.clear();
            return ended(name);
          });
    }
  }

  private @Nullable BrokerChannel ended(String channel) {
    listener.unused(channel);
    return null;
  }

  /** Delivers a message to every subscriber of its channel, on the caller's thread. */
  public void deliver(String channel, @Nullable Payload data) {
    deliver(channel, data, null);
  }

  /**
   * Delivers a message to every subscriber of its channel, on the caller's thread.
   *
   * @param position the place in the history that the broker keeps, or null
   */
  public void deliver(String channel, @Nullable Payload data, @Nullable HistoryPosition position) {
    BrokerChannel target = channels.get(channel);
    if (target != null) {
      target.publish(new ChannelMessage(channel, data, position), failures);
    }
  }

  /** Returns whether a channel has a subscriber. */
  public boolean isUsed(String channel) {
    return channels.containsKey(channel);
  }

  /** Returns the channels that have a subscriber: an unmodifiable snapshot. */
  public Set<String> names() {
    return Collections.unmodifiableSet(new HashSet<>(channels.keySet()));
  }
}
