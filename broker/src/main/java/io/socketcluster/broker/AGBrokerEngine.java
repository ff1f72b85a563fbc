// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.protocol.Payload;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What delivers published messages to subscribers. All subscribers of a channel on this machine
 * receive its messages in one order. Every method is thread-safe, none blocks, and a future may be
 * completed already when it is returned: the caller then goes on without waiting.
 */
public interface AGBrokerEngine extends AsyncStreamEmitter {
  /** Returns whether the engine can be used; {@link BrokerEvent#READY} tells when. */
  boolean isReady();

  /** Returns the exchange of this engine, always the same. */
  AGExchange exchange();

  /**
   * Subscribes; when the future completes, everything published from then on is delivered. Without
   * effect when {@code subscriber} has subscribed to the channel before.
   */
  CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel);

  /** Unsubscribes; without effect when there is no such subscription. */
  CompletableFuture<Void> unsubscribe(ChannelSubscriber subscriber, String channel);

  /**
   * Publishes; the future completes when the message has been handed to every subscriber on this
   * machine and, in an engine for many machines, was taken over by the transport.
   */
  CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data);

  /** Publishes; a failure shows as {@link BrokerEvent#ERROR}. */
  void transmitPublish(String channel, @Nullable Payload data);

  /** Returns the channels that have a subscriber on this machine. */
  Set<String> subscriptions();

  /** Returns whether a channel has a subscriber on this machine. */
  boolean isSubscribed(String channel);
}
