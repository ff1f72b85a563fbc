// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

/** Receives the events of one connection to a broker. Thread-safe. */
public interface ConnectionEvents {
  /**
   * A message of another engine has arrived. Messages of one channel are given by one thread at a
   * time, in their order. Does not block.
   */
  void received(ClusterMessage message);

  /** Bytes have arrived that no engine has sent: they are counted. */
  void receivedForeign();

  /** Messages may have been lost, although the connection is still in use. */
  void dropped(String reason);

  /** The connection is of no use any more. */
  void lost(Throwable reason);
}
