// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Instant;
import java.util.Map;

/** Learns what happens on a {@link ClusterLink}, on any thread. Thread-safe; does not block. */
public interface LinkEvents {
  /** Everything wanted is in force, and publishes are accepted. */
  void connected();

  /** The connection is lost: publishes fail, and messages of others are missing. */
  void disconnected(BrokerError reason);

  /**
   * The connection is lost: publishes fail, and messages of others are missing since a moment that
   * may be earlier.
   *
   * @param since when the broker was last known to deliver
   */
  default void disconnected(BrokerError reason, Instant since) {
    disconnected(reason);
  }

  /** An attempt to connect has failed. */
  void notConnected(BrokerError reason);

  /** The broker refuses channels that were subscribed to before. */
  void refused(Map<String, BrokerError> channels);

  /**
   * A message of another engine has arrived. Messages of one channel and broker are given by one
   * thread at a time, in their order.
   */
  void received(ClusterMessage message);

  /**
   * A message that the broker keeps has arrived, from this engine or another. As {@link
   * #received(ClusterMessage)}.
   */
  default void received(ClusterMessage message, HistoryPosition position) {
    received(message);
  }

  /** Bytes have arrived that no engine has sent. */
  void receivedForeign();

  /** Messages may have been lost, although the connection is still in use. */
  void dropped(String reason);

  /** Messages may have been lost between a moment and now, although everything stayed in use. */
  void dropped(String reason, Instant since);
}
