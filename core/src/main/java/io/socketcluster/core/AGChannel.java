// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel of an exchange or a client socket: a stream of what is published to it. Cheap to make
 * and without a state of its own: every object for the same name shows the same channel.
 * Thread-safe.
 *
 * @param <T> the type that messages are bound to
 */
public final class AGChannel<T> implements ConsumableStream<T> {
  private final String name;
  private final ChannelFamily client;
  private final ConsumableStream<T> messages;

  AGChannel(String name, ChannelFamily client, Class<T> type) {
    this.name = name;
    this.client = client;
    Function<Payload, @Nullable T> binding = data -> bind(data, type);
    this.messages = client.channelDataDemux().stream(name).map(binding);
  }

  /** Returns the name of the channel. */
  public String name() {
    return name;
  }

  /** Returns the state of the channel. */
  public ChannelState state() {
    return client.getChannelState(name);
  }

  /** Returns the stream of one of the channel's events. */
  public <E extends ChannelEvent> ConsumableStream<E> listener(EventName<E> event) {
    return client.channelListener(name, event);
  }

  /** Subscribes to the channel, if that has not been done. */
  public void subscribe() {
    client.subscribe(name);
  }

  /** Ends the subscription, if there is one. */
  public void unsubscribe() {
    client.unsubscribe(name);
  }

  /** Returns whether the channel is subscribed. */
  public boolean isSubscribed() {
    return client.isSubscribed(name);
  }

  /** Publishes to the channel without waiting for anything. */
  public void transmitPublish(@Nullable Object data) {
    client.transmitPublish(name, data);
  }

  /** Publishes to the channel; the future completes when the broker has taken the message. */
  public CompletableFuture<Void> invokePublish(@Nullable Object data) {
    return client.invokePublish(name, data);
  }

  /** Ends the consumers of the channel after what they have not taken yet. */
  public void close() {
    client.closeChannel(name);
  }

  /** Ends the consumers of the channel at once. */
  public void kill() {
    client.killChannel(name);
  }

  /** Returns how many messages the slowest consumer has not taken yet. */
  public int getBackpressure() {
    return client.getChannelBackpressure(name);
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

  private static <T> @Nullable T bind(Payload data, Class<T> type) {
    try {
      return PayloadBinding.bind(data, type);
    } catch (AGException e) {
      return null;
    }
  }
}
