// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.AGServer;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.WritableConsumableStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * Carries the orders for sessions between servers: on a channel for each session, which no client
 * can use. Thread-safe; no method blocks.
 */
final class SessionMessages implements ChannelSubscriber {
  private static final int MOST_WAITING = 1_024;
  private static final long WARNING_NANOS = 10_000_000_000L;

  private final AGServer server;
  private final AGBrokerEngine engine;
  private final String prefix;
  private final String self = SessionIds.create();
  private final WritableConsumableStream<Received> received = new WritableConsumableStream<>();
  private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - WARNING_NANOS);
  private final Consumption consumption;

  /**
   * Begins to receive.
   *
   * @param handler is called with the name of a session and an order, one at a time, on a virtual
   *     thread
   */
  SessionMessages(AGServer server, BiConsumer<String, SessionOrder> handler) {
    this.server = server;
    this.engine = server.brokerEngine();
    this.prefix = engine.serversChannel() + "/";
    this.consumption = received.consume(message -> handle(message, handler));
  }

  /** A message of any server. */
  private record Received(String channel, Payload message) {}

  CompletableFuture<Void> join(String name) {
    return engine.subscribe(this, prefix + name);
  }

  CompletableFuture<Void> leave(String name) {
    return engine.unsubscribe(this, prefix + name);
  }

  /** Tells all other servers of an order. */
  CompletableFuture<Void> tell(String name, SessionOrder order) {
    return engine.invokePublish(prefix + name, Payload.of(order.toJson().put("from", self)));
  }

  @Override
  public void deliver(ChannelMessage message) {
    Payload data = message.data();
    if (data == null) {
      return; // of somebody else
    }
    if (received.getBackpressure() < MOST_WAITING) {
      received.write(new Received(message.channel(), data.compact()));
    } else {
      warn(new ResourceLimitError("Orders for sessions were dropped: 1,024 wait already"));
    }
  }

  private void handle(Received message, BiConsumer<String, SessionOrder> handler) {
    JsonNode parts = message.message().node();
    SessionOrder order = SessionOrder.parse(parts);
    if (order != null && !parts.path("from").stringValue("").equals(self)) {
      handler.accept(message.channel().substring(prefix.length()), order);
    }
  }

  /** Warns at most every ten seconds. */
  void warn(Throwable failure) {
    long now = System.nanoTime();
    long last = lastWarning.get();
    if (now - last >= WARNING_NANOS && lastWarning.compareAndSet(last, now)) {
      server.emitWarning(failure);
    }
  }

  void close() {
    consumption.close();
  }
}
