// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.history.HistoryPosition;

/** Receives the events of one connection to a broker. Thread-safe. */
public interface ConnectionEvents {
  /**
   * A message of another engine has arrived. Messages of one channel are given by one thread at a
   * time, in their order. Does not block.
   */
  void received(ClusterMessage message);

  /**
   * A message that the broker keeps has arrived, from this engine or another. As {@link
   * #received(ClusterMessage)}.
   */
  default void received(ClusterMessage message, HistoryPosition position) {
    received(message);
  }

  /** Bytes have arrived that no engine has sent: they are counted. */
  void receivedForeign();

  /** Messages may have been lost, although the connection is still in use. */
  void dropped(String reason);

  /** The connection is of no use any more. */
  void lost(Throwable reason);
}
