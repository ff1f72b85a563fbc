// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.protocol.Payload;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** Engines that are joined by memory: a publish goes to all of a cluster. */
class JoinedEngine extends ForwardingEngine {
  private static final Map<String, Set<JoinedEngine>> CLUSTERS = new ConcurrentHashMap<>();

  private final Set<JoinedEngine> cluster;
  private final AGExchange exchange = AGExchange.of(this);

  JoinedEngine(String cluster) {
    this.cluster = CLUSTERS.computeIfAbsent(cluster, name -> new CopyOnWriteArraySet<>());
    this.cluster.add(this);
  }

  @Override
  public AGExchange exchange() {
    return exchange;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // an engine is who it is
  public CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data) {
    CompletableFuture<Void> own = super.invokePublish(channel, data);
    if (!own.isCompletedExceptionally()) {
      cluster.stream().filter(each -> each != this).forEach(each -> each.receive(channel, data));
    }
    return own;
  }

  @Override
  public void transmitPublish(String channel, @Nullable Payload data) {
    CompletableFuture<Void> unheard = invokePublish(channel, data);
    assert unheard.isDone();
  }

  void receive(String channel, @Nullable Payload data) {
    broker.transmitPublish(channel, data);
  }

  @Override
  public CompletableFuture<Void> close() {
    cluster.remove(this);
    exchange.subscriptions(true).forEach(exchange::unsubscribe);
    exchange.closeAllChannels();
    return super.close();
  }
}
