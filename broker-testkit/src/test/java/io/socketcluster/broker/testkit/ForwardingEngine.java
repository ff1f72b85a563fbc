// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamDemux;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The embedded broker, to be changed. */
class ForwardingEngine implements AGBrokerEngine {
  final AGSimpleBroker broker = new AGSimpleBroker();

  @Override
  public StreamDemux<Object> listenerDemux() {
    return broker.listenerDemux();
  }

  @Override
  public boolean isReady() {
    return broker.isReady();
  }

  @Override
  public AGExchange exchange() {
    return broker.exchange();
  }

  @Override
  public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
    return broker.subscribe(subscriber, channel);
  }

  @Override
  public CompletableFuture<Void> unsubscribe(ChannelSubscriber subscriber, String channel) {
    return broker.unsubscribe(subscriber, channel);
  }

  @Override
  public CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data) {
    return broker.invokePublish(channel, data);
  }

  @Override
  public void transmitPublish(String channel, @Nullable Payload data) {
    broker.transmitPublish(channel, data);
  }

  @Override
  public Set<String> subscriptions() {
    return broker.subscriptions();
  }

  @Override
  public boolean isSubscribed(String channel) {
    return broker.isSubscribed(channel);
  }

  @Override
  public CompletableFuture<Void> close() {
    return broker.close();
  }
}
