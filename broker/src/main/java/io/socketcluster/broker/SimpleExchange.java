// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamDemux;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The exchange of the embedded broker: one more subscriber, in the same process. */
final class SimpleExchange implements AGExchange, ChannelSubscriber {
  private static final Payload NOTHING = Payload.of(null);

  private final AGBrokerEngine broker;
  private final StreamDemux<Object> listeners = new StreamDemux<>();
  private final StreamDemux<Payload> messages = new StreamDemux<>();
  private final StreamDemux<Object> channelEvents = new StreamDemux<>();
  private final ConcurrentHashMap<String, ChannelState> subscribed = new ConcurrentHashMap<>();

  SimpleExchange(AGBrokerEngine broker) {
    this.broker = broker;
  }

  @Override
  public StreamDemux<Object> listenerDemux() {
    return listeners;
  }

  @Override
  public StreamDemux<Payload> channelDataDemux() {
    return messages;
  }

  @Override
  public StreamDemux<Object> channelEventDemux() {
    return channelEvents;
  }

  @Override
  public void deliver(ChannelMessage message) {
    Payload data = message.data();
    messages.write(message.channel(), data == null ? NOTHING : data);
  }

  /** The map's own exclusion keeps the state here and the broker's the same. */
  @Override
  public <T> AGChannel<T> subscribe(String channelName, Class<T> type) {
    subscribed.computeIfAbsent(
        channelName,
        name -> {
          broker.subscribe(this, name);
          ChannelEvent.Subscribe event = new ChannelEvent.Subscribe(name);
          emitChannelEvent(ChannelEvent.SUBSCRIBE, event);
          emit(SUBSCRIBE, event);
          return ChannelState.SUBSCRIBED;
        });
    return channel(channelName, type);
  }

  @Override
  public void unsubscribe(String channelName) {
    subscribed.computeIfPresent(
        channelName,
        (name, state) -> {
          broker.unsubscribe(this, name);
          ChannelEvent.Unsubscribe event = new ChannelEvent.Unsubscribe(name);
          emitChannelEvent(ChannelEvent.UNSUBSCRIBE, event);
          emit(UNSUBSCRIBE, event);
          return null;
        });
  }

  @Override
  public void transmitPublish(String channelName, @Nullable Object data) {
    broker.transmitPublish(channelName, payload(data));
  }

  @Override
  public CompletableFuture<Void> invokePublish(String channelName, @Nullable Object data) {
    return broker.invokePublish(channelName, payload(data));
  }

  @Override
  public ChannelState getChannelState(String channelName) {
    return subscribed.getOrDefault(channelName, ChannelState.UNSUBSCRIBED);
  }

  @Override
  public Set<String> subscriptions(boolean includePending) {
    return Set.copyOf(subscribed.keySet());
  }

  private static Payload payload(@Nullable Object data) {
    return data instanceof Payload payload ? payload : Payload.of(data);
  }
}
