// SPDX-License-Identifier: MIT
package io.socketcluster.broker.history;

import io.socketcluster.protocol.Payload;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages of channels at a broker, so that every server can read them, also after all
 * servers were restarted. Thread-safe; no method blocks. The module {@code broker-testkit} tests
 * these rules with {@code ChannelHistoriesContract}:
 *
 * <ul>
 *   <li><b>One order.</b> Each message that is published here gets an offset, and reaches the
 *       subscribers of its channel on every machine, also on the publisher's, in the order of these
 *       offsets and with its {@linkplain HistoryPosition position}.
 *   <li><b>Kept is sent, sent is kept.</b> No subscriber receives a message that the history does
 *       not have.
 *   <li><b>No silent loss.</b> The previous offset of a position shows a subscriber that it has
 *       missed something. If the broker itself may have lost messages, the history has another
 *       epoch, or a {@linkplain KeptMessage#isGap() gap} in their place. An offset never stands for
 *       two messages of one epoch.
 *   <li><b>Bounds.</b> What is beyond the {@link HistoryBounds} is dropped, oldest first, and is
 *       never read.
 *   <li><b>Failures.</b> A future fails with a {@link
 *       io.socketcluster.protocol.errors.BrokerError}, at the latest after the time limit of the
 *       engine. It is unknown then whether a message was kept.
 * </ul>
 */
public interface ChannelHistories {
  /**
   * Publishes a message and keeps it. The future completes when the broker has it and the
   * subscribers on this machine have been handed it.
   */
  CompletableFuture<Void> publish(String channel, @Nullable Payload data, HistoryBounds bounds);

  /** Reads messages of a channel; the future has them, or fails. */
  CompletableFuture<HistoryPage> read(HistoryRequest request);
}
