// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.order;

import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryPosition;

/** A message that a stream has republished, with its position. Immutable. */
record Received(ClusterMessage message, HistoryPosition position) {
  /** Memory besides the data, about. */
  private static final long OVERHEAD = 200;

  long bytes() {
    return OVERHEAD + (message.data() == null ? 0 : message.data().size());
  }
}
