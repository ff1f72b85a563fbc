// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.protocol.errors.BrokerError;
import java.util.concurrent.CompletableFuture;

/**
 * Joins an engine to the engines of other machines: through one broker ({@link BrokerLink}) or
 * through several. Thread-safe; no method blocks.
 */
public interface ClusterLink {
  /** Returns the name of the other side for messages: its kind and its addresses, no secrets. */
  String description();

  /** Begins to connect. Called once, before any other method. */
  void start();

  /** Subscribes to a channel; called under the exclusion of the channel, in order. */
  void want(String channel);

  /** Unsubscribes from a channel; called under the exclusion of the channel, in order. */
  void unwant(String channel);

  /**
   * Returns a future that completes when a wanted channel is in force, and fails with a {@code
   * BrokerError} if the broker refuses the channel. While there is no connection, a wanted channel
   * counts as in force: the {@linkplain BrokerEvent#GAP gap} is announced.
   */
  CompletableFuture<Void> confirmation(String channel);

  /**
   * Publishes; the future completes when a broker has taken over the message, or fails with a
   * {@code BrokerError} within the limit of the engine.
   */
  CompletableFuture<Void> publish(ClusterMessage message);

  /** Returns whether the broker keeps histories: false unless overridden. */
  default boolean keepsHistories() {
    return false;
  }

  /** Reads a part of a history that the broker keeps; fails unless overridden. */
  default CompletableFuture<HistoryPage> read(HistoryRequest request) {
    return CompletableFuture.failedFuture(new BrokerError("The broker keeps no histories"));
  }

  /** Ends for good, after the publishes that were accepted. */
  CompletableFuture<Void> close();
}
