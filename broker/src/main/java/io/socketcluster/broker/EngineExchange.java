// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelEvent.SubscribeStateChange;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.core.EventName;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.stream.StreamDemux;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The exchange of any engine: one more of its subscribers.
 *
 * <p>The map's own exclusion for a key keeps the state here and the engine's the same: the engine
 * is asked, and what it answers is noted, under it.
 */
final class EngineExchange implements AGExchange, ChannelSubscriber {
  private static final Payload NOTHING = Payload.of(null);

  private final AGBrokerEngine engine;
  private final StreamDemux<Object> listeners;
  private final StreamDemux<Payload> messages;
  private final StreamDemux<Object> channelEvents;
  private final ConcurrentHashMap<String, Subscription> subscribed = new ConcurrentHashMap<>();

  private record Subscription(
      ChannelState state, ChannelOptions options, CompletableFuture<Void> confirmation) {
    Subscription confirmed() {
      return new Subscription(ChannelState.SUBSCRIBED, options, confirmation);
    }
  }

  EngineExchange(AGBrokerEngine engine) {
    this.engine = engine;
    BrokerFailures failures = new BrokerFailures(engine);
    listeners = new StreamDemux<>(failures);
    messages = new StreamDemux<>(failures);
    channelEvents = new StreamDemux<>(failures);
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
  public <T> AGChannel<T> subscribe(String channelName, ChannelOptions options, Class<T> type) {
    AGChannel<T> channel = channel(channelName, type);
    AtomicBoolean isNew = new AtomicBoolean();
    Subscription current =
        subscribed.computeIfAbsent(
            channelName,
            name -> {
              isNew.set(true);
              return askEngine(name, options);
            });
    if (isNew.get() && current.state() == ChannelState.PENDING) {
      current.confirmation().whenComplete((done, failure) -> settle(channelName, current, failure));
    }
    return channel;
  }

  private Subscription askEngine(String channel, ChannelOptions options) {
    CompletableFuture<Void> confirmation = engine.subscribe(this, channel);
    Subscription pending = new Subscription(ChannelState.PENDING, options, confirmation);
    if (confirmation.isDone() && !confirmation.isCompletedExceptionally()) {
      return confirm(channel, pending, ChannelState.UNSUBSCRIBED);
    }
    changeState(channel, ChannelState.UNSUBSCRIBED, ChannelState.PENDING, options);
    return pending;
  }

  /** Notes what the engine said; without effect if the subscription was settled or ended before. */
  @SuppressWarnings("ReferenceEquality") // one attempt to subscribe is not another
  private void settle(String channel, Subscription asked, @Nullable Throwable failure) {
    subscribed.computeIfPresent(
        channel,
        (name, current) -> {
          if (current != asked) {
            return current;
          }
          if (failure == null) {
            return confirm(name, asked, ChannelState.PENDING);
          }
          refuse(name, asked, failure);
          return null;
        });
  }

  private Subscription confirm(String channel, Subscription asked, ChannelState before) {
    ChannelOptions options = asked.options();
    changeState(channel, before, ChannelState.SUBSCRIBED, options);
    announce(ChannelEvent.SUBSCRIBE, new ChannelEvent.Subscribe(channel, options));
    return asked.confirmed();
  }

  private void refuse(String channel, Subscription asked, Throwable failure) {
    ChannelOptions options = asked.options();
    changeState(channel, ChannelState.PENDING, ChannelState.UNSUBSCRIBED, options);
    AGException error = asError(failure);
    announce(ChannelEvent.SUBSCRIBE_FAIL, new ChannelEvent.SubscribeFail(channel, error, options));
  }

  private static AGException asError(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof AGException known
        ? known
        : new BrokerError("The broker could not subscribe", cause);
  }

  private void changeState(
      String channel, ChannelState before, ChannelState now, ChannelOptions options) {
    emitChannelEvent(
        ChannelEvent.SUBSCRIBE_STATE_CHANGE,
        new SubscribeStateChange(channel, before, now, options));
  }

  private <E extends ChannelEvent> void announce(EventName<E> event, E data) {
    emitChannelEvent(event, data);
    emit(event, data);
  }

  @Override
  public void unsubscribe(String channelName) {
    subscribed.computeIfPresent(
        channelName,
        (name, current) -> {
          engine.unsubscribe(this, name);
          changeState(name, current.state(), ChannelState.UNSUBSCRIBED, current.options());
          if (current.state() == ChannelState.SUBSCRIBED) {
            announce(ChannelEvent.UNSUBSCRIBE, new ChannelEvent.Unsubscribe(name));
          }
          return null;
        });
  }

  @Override
  public void transmitPublish(String channelName, @Nullable Object data) {
    engine.transmitPublish(channelName, Payload.of(data));
  }

  @Override
  public CompletableFuture<Void> invokePublish(String channelName, @Nullable Object data) {
    return engine.invokePublish(channelName, Payload.of(data));
  }

  @Override
  public ChannelState getChannelState(String channelName) {
    Subscription current = subscribed.get(channelName);
    return current == null ? ChannelState.UNSUBSCRIBED : current.state();
  }

  @Override
  public ChannelOptions getChannelOptions(String channelName) {
    Subscription current = subscribed.get(channelName);
    return current == null ? ChannelOptions.DEFAULT : current.options();
  }

  @Override
  public Set<String> subscriptions(boolean includePending) {
    return subscribed.entrySet().stream()
        .filter(each -> includePending || each.getValue().state() == ChannelState.SUBSCRIBED)
        .map(Map.Entry::getKey)
        .collect(Collectors.collectingAndThen(Collectors.toSet(), Collections::unmodifiableSet));
  }

  @Override
  public void reportMisfit(String channelName, InvalidArgumentsError misfit) {
    engine.emit(BrokerEvent.ERROR, new BrokerEvent.Failure(misfit));
  }
}
