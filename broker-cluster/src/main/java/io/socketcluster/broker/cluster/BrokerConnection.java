// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.protocol.errors.BrokerError;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One connection to a broker. Subscriptions are changed by one thread, messages are published by
 * another. Each method but {@link #read} blocks until the broker has confirmed, and no longer than
 * the limit of the engine.
 */
public interface BrokerConnection {
  /**
   * Subscribes to channels. When this returns, everything that others publish to them is delivered.
   *
   * @return the channels that the broker refused, each with the reason
   * @throws Exception when the connection is of no use any more
   */
  Map<String, BrokerError> subscribe(Collection<String> channels) throws Exception;

  /**
   * Unsubscribes from channels.
   *
   * @throws Exception when the connection is of no use any more
   */
  void unsubscribe(Collection<String> channels) throws Exception;

  /**
   * Publishes messages, in their order. When this returns, the broker has taken them over. Those
   * with {@link ClusterMessage#bounds} it keeps, and this connection has received them, if their
   * channel is subscribed to.
   *
   * @return the messages that cannot be published, by their place in the list, each with the reason
   * @throws Exception when it is unknown which of the messages the broker has taken over; the
   *     connection is of no use any more
   */
  Map<Integer, BrokerError> publish(List<ClusterMessage> messages) throws Exception;

  /**
   * Reads a part of a history. Any thread may call it; it does not block. The future completes
   * within the limit of the engine. It fails unless overridden.
   */
  default CompletableFuture<HistoryPage> read(HistoryRequest request) {
    return CompletableFuture.failedFuture(new BrokerError("The broker keeps no histories"));
  }

  /**
   * Proves that the broker still answers. Called every two seconds while no subscription changes.
   *
   * @throws Exception when it does not; the connection is of no use any more
   */
  void check() throws Exception;

  /** Closes the connection; blocks for a short time at most. Closing twice is closing once. */
  void close();
}
