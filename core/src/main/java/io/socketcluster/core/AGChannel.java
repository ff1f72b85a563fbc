// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.DataBinding;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.ConsumerStats;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel of an exchange or a client socket: the stream of the messages published to it. Cheap to
 * create and without state of its own: all objects with the same name represent the same channel.
 * Thread-safe.
 *
 * @param <T> the type that messages are bound to
 */
public final class AGChannel<T> implements ConsumableStream<T> {
  private final String name;
  private final ChannelFamily client;
  private final ConsumableStream<T> messages;

  AGChannel(String name, ChannelFamily client, DataBinding<T> binding) {
    this.name = name;
    this.client = client;
    Function<Payload, @Nullable T> bound = data -> bind(data, binding);
    this.messages = client.channelDataDemux().stream(name).map(bound);
  }

  /** Returns the name of the channel. */
  public String name() {
    return name;
  }

  /** Returns the state of the channel. */
  public ChannelState state() {
    return client.getChannelState(name);
  }

  /**
   * Returns the options of the channel's subscription, or {@link ChannelOptions#DEFAULT} if it is
   * not subscribed.
   */
  public ChannelOptions options() {
    return client.getChannelOptions(name);
  }

  /** Returns the stream of one of the channel's events. */
  public <E extends ChannelEvent> ConsumableStream<E> listener(EventName<E> event) {
    return client.channelListener(name, event);
  }

  /** Subscribes to the channel unless it is subscribed already. */
  public void subscribe() {
    client.subscribe(name);
  }

  /** Subscribes to the channel with options, unless it is subscribed already. */
  public void subscribe(ChannelOptions options) {
    client.subscribe(name, options, Payload.class);
  }

  /** Ends the subscription, if there is one. */
  public void unsubscribe() {
    client.unsubscribe(name);
  }

  /** Returns whether the channel is subscribed. */
  public boolean isSubscribed() {
    return client.isSubscribed(name);
  }

  /** Returns whether the channel is subscribed, or pending if {@code includePending}. */
  public boolean isSubscribed(boolean includePending) {
    return client.isSubscribed(name, includePending);
  }

  /** Publishes to the channel without waiting for an answer. */
  public void transmitPublish(@Nullable Object data) {
    client.transmitPublish(name, data);
  }

  /** Publishes to the channel; the future completes when the broker has accepted the message. */
  public CompletableFuture<Void> invokePublish(@Nullable Object data) {
    return client.invokePublish(name, data);
  }

  /** Ends the consumers of the channel's output and listeners after their backlog. */
  public void close() {
    client.closeChannel(name);
  }

  /** Ends the consumers of the channel's output after their backlog. */
  public void closeOutput() {
    client.channelCloseOutput(name);
  }

  /** Ends the consumers of one listener after their backlog. */
  public void closeListener(String eventName) {
    client.channelCloseListener(name, eventName);
  }

  /** Ends the consumers of all listeners after their backlog. */
  public void closeAllListeners() {
    client.channelCloseAllListeners(name);
  }

  /** Ends the consumers of the channel's output and listeners at once. */
  public void kill() {
    client.killChannel(name);
  }

  /** Ends the consumers of the channel's output at once. */
  public void killOutput() {
    client.channelKillOutput(name);
  }

  /** Ends the consumers of one listener at once. */
  public void killListener(String eventName) {
    client.channelKillListener(name, eventName);
  }

  /** Ends the consumers of all listeners at once. */
  public void killAllListeners() {
    client.channelKillAllListeners(name);
  }

  /** Ends one consumer of the output at once. */
  public void killOutputConsumer(long consumerId) {
    if (hasOutputConsumer(consumerId)) {
      client.killChannelOutputConsumer(consumerId);
    }
  }

  /** Ends one consumer of a listener of this channel at once. */
  public void killListenerConsumer(long consumerId) {
    if (hasAnyListenerConsumer(consumerId)) {
      client.killChannelListenerConsumer(consumerId);
    }
  }

  /**
   * Returns the statistics of a consumer of the output, or null when there is none with this id.
   */
  public @Nullable ConsumerStats getOutputConsumerStats(long consumerId) {
    return hasOutputConsumer(consumerId) ? client.getChannelOutputConsumerStats(consumerId) : null;
  }

  /**
   * Returns the statistics of a consumer of a listener, or null when there is none with this id.
   */
  public @Nullable ConsumerStats getListenerConsumerStats(long consumerId) {
    return hasAnyListenerConsumer(consumerId)
        ? client.getChannelListenerConsumerStats(consumerId)
        : null;
  }

  /** Returns the statistics of every consumer of the output. */
  public List<ConsumerStats> getOutputConsumerStatsList() {
    return client.channelGetOutputConsumerStatsList(name);
  }

  /** Returns the statistics of every consumer of one listener. */
  public List<ConsumerStats> getListenerConsumerStatsList(String eventName) {
    return client.channelGetListenerConsumerStatsList(name, eventName);
  }

  /** Returns the statistics of every consumer of any listener. */
  public List<ConsumerStats> getAllListenersConsumerStatsList() {
    return client.channelGetAllListenersConsumerStatsList(name);
  }

  /**
   * Returns the number of items that the slowest consumer of the output or a listener has not taken
   * yet.
   */
  public int getBackpressure() {
    return client.getChannelBackpressure(name);
  }

  /** Returns how many messages the slowest consumer of the output has not taken yet. */
  public int getOutputBackpressure() {
    return client.channelGetOutputBackpressure(name);
  }

  /** Returns how many events the slowest consumer of one listener has not taken yet. */
  public int getListenerBackpressure(String eventName) {
    return client.channelGetListenerBackpressure(name, eventName);
  }

  /** Returns how many events the slowest consumer of any listener has not taken yet. */
  public int getAllListenersBackpressure() {
    return client.channelGetAllListenersBackpressure(name);
  }

  /** Returns how many messages this consumer of the output has not taken yet; 0 without it. */
  public int getOutputConsumerBackpressure(long consumerId) {
    return hasOutputConsumer(consumerId)
        ? client.getChannelOutputConsumerBackpressure(consumerId)
        : 0;
  }

  /** Returns how many events this consumer of a listener has not taken yet; 0 without it. */
  public int getListenerConsumerBackpressure(long consumerId) {
    return hasAnyListenerConsumer(consumerId)
        ? client.getChannelListenerConsumerBackpressure(consumerId)
        : 0;
  }

  /** Returns whether the output has a consumer with this id. */
  public boolean hasOutputConsumer(long consumerId) {
    return client.channelHasOutputConsumer(name, consumerId);
  }

  /** Returns whether one listener has a consumer with this id. */
  public boolean hasListenerConsumer(String eventName, long consumerId) {
    return client.channelHasListenerConsumer(name, eventName, consumerId);
  }

  /** Returns whether any listener has a consumer with this id. */
  public boolean hasAnyListenerConsumer(long consumerId) {
    return client.channelHasAnyListenerConsumer(name, consumerId);
  }

  @Override
  public StreamConsumer<T> createConsumer() {
    return messages.createConsumer();
  }

  @Override
  public StreamConsumer<T> createConsumer(Duration timeout) {
    return messages.createConsumer(timeout);
  }

  @Override
  public Consumption consume(StreamHandler<? super T> handler, Executor executor) {
    return messages.consume(handler, executor);
  }

  private @Nullable T bind(Payload data, DataBinding<T> binding) {
    try {
      return binding.bind(data);
    } catch (InvalidArgumentsError e) {
      client.reportMisfit(name, e);
      return null;
    }
  }
}
