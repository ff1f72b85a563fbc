// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.stream.StreamDemux;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The broker that is built in: it serves one server process, and is ready until it is closed.
 * Thread-safe.
 */
public final class AGSimpleBroker implements AGBrokerEngine {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final StreamDemux<Object> listeners = new StreamDemux<>(new BrokerFailures(this));
  private final ConcurrentHashMap<String, BrokerChannel> channels = new ConcurrentHashMap<>();
  private final AGExchange exchange = AGExchange.of(this);
  private volatile boolean closed; // set once; looked at by every thread that publishes

  /** Creates a broker without channels. */
  public AGSimpleBroker() {}

  @Override
  public StreamDemux<Object> listenerDemux() {
    return listeners;
  }

  @Override
  public boolean isReady() {
    return !closed;
  }

  @Override
  public AGExchange exchange() {
    return exchange;
  }

  @Override
  public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
    channels.compute(
        channel,
        (name, existing) -> {
          BrokerChannel target = existing == null ? new BrokerChannel() : existing;
          target.add(subscriber);
          if (existing == null) {
            emit(BrokerEvent.SUBSCRIBE, new BrokerEvent.Subscribe(name));
          }
          return target;
        });
    if (closed) { // looked at afterwards: close() ends all that subscribed before
      unsubscribe(subscriber, channel);
      return CompletableFuture.failedFuture(isClosed());
    }
    return DONE;
  }

  private static BrokerError isClosed() {
    return new BrokerError("The broker is closed");
  }

  @Override
  public CompletableFuture<Void> unsubscribe(ChannelSubscriber subscriber, String channel) {
    channels.computeIfPresent(
        channel,
        (name, existing) -> {
          if (!existing.remove(subscriber)) {
            return existing;
          }
          emit(BrokerEvent.UNSUBSCRIBE, new BrokerEvent.Unsubscribe(name));
          return null;
        });
    return DONE;
  }

  @Override
  public CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data) {
    if (closed) {
      return CompletableFuture.failedFuture(isClosed());
    }
    transmitPublish(channel, data);
    return DONE;
  }

  @Override
  public void transmitPublish(String channel, @Nullable Payload data) {
    BrokerChannel target = channels.get(channel);
    if (target != null) {
      target.publish(
          new ChannelMessage(channel, data),
          failure -> emit(BrokerEvent.ERROR, new BrokerEvent.Failure(failure)));
    }
    if (listeners.getConsumerCount(BrokerEvent.PUBLISH.name()) > 0) {
      emit(BrokerEvent.PUBLISH, new BrokerEvent.Publish(channel, data));
    }
  }

  @Override
  public Set<String> subscriptions() {
    return Collections.unmodifiableSet(new HashSet<>(channels.keySet()));
  }

  @Override
  public boolean isSubscribed(String channel) {
    return channels.containsKey(channel);
  }

  @Override
  public CompletableFuture<Void> close() {
    closed = true;
    exchange.subscriptions(true).forEach(exchange::unsubscribe);
    exchange.closeAllChannels();
    exchange.closeAllListeners();
    channels.keySet().forEach(this::end);
    closeAllListeners();
    return DONE;
  }

  private void end(String channel) {
    channels.computeIfPresent(
        channel,
        (name, existing) -> {
          existing.clear();
          emit(BrokerEvent.UNSUBSCRIBE, new BrokerEvent.Unsubscribe(name));
          return null;
        });
  }
}
