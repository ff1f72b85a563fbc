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
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();

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

  @Override
  public <T> AGChannel<T> subscribe(String channelName, Class<T> type) {
    if (subscribed.add(channelName)) {
      broker.subscribe(this, channelName);
      ChannelEvent.Subscribe event = new ChannelEvent.Subscribe(channelName);
      emitChannelEvent(ChannelEvent.SUBSCRIBE, event);
      emit(SUBSCRIBE, event);
    }
    return channel(channelName, type);
  }

  @Override
  public void unsubscribe(String channelName) {
    if (subscribed.remove(channelName)) {
      broker.unsubscribe(this, channelName);
      ChannelEvent.Unsubscribe event = new ChannelEvent.Unsubscribe(channelName);
      emitChannelEvent(ChannelEvent.UNSUBSCRIBE, event);
      emit(UNSUBSCRIBE, event);
    }
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
    return subscribed.contains(channelName) ? ChannelState.SUBSCRIBED : ChannelState.UNSUBSCRIBED;
  }

  @Override
  public Set<String> subscriptions(boolean includePending) {
    return Set.copyOf(subscribed);
  }

  private static Payload payload(@Nullable Object data) {
    return data instanceof Payload payload ? payload : Payload.of(data);
  }
}
