// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.history.ChannelHistories;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.protocol.Payload;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The histories that a broker keeps, through the link of an engine. Immutable. */
record ClusterHistories(ClusterLink link) implements ChannelHistories {
  @Override
  public CompletableFuture<Void> publish(
      String channel, @Nullable Payload data, HistoryBounds bounds) {
    return link.publish(new ClusterMessage(channel, data, bounds));
  }

  @Override
  public CompletableFuture<HistoryPage> read(HistoryRequest request) {
    return link.read(request);
  }
}
