// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.outbound;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.connection.CurrentConnection;
import io.socketcluster.core.connection.OutboundBatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The batches that the application asks for, on this connection and the next ones. Event loop only,
 * but for the questions.
 */
public final class Batching {
  private final Supplier<AGClientOptions> options;
  private final CurrentConnection current;
  private volatile boolean batching;

  /** Begins without batches. */
  public Batching(Supplier<AGClientOptions> options, CurrentConnection current) {
    this.options = options;
    this.current = current;
  }

  /** Returns whether everything is sent in batches. Any thread. */
  public boolean isBatching() {
    return batching;
  }

  /** Returns whether a batch is being filled. Any thread. */
  public boolean isBuffering() {
    Connection connection = current.connection();
    return connection != null && connection.batch().isBuffering();
  }

  /** Sends everything in batches from now on. */
  public void startBatching() {
    batching = true;
    onBatch(OutboundBatch::startBatching);
  }

  /** Sends the batch, and everything at once from now on. */
  public void stopBatching() {
    batching = false;
    onBatch(OutboundBatch::stopBatching);
  }

  /** Drops the batch, and sends everything at once from now on. */
  public void cancelBatching() {
    batching = false;
    drop(OutboundBatch::cancelBatching);
  }

  /** Drops the batch. */
  public void cancelBatch() {
    drop(OutboundBatch::cancel);
  }

  private void drop(Consumer<OutboundBatch> how) {
    Connection connection = current.connection();
    if (connection != null) {
      how.accept(connection.batch());
      connection.batchDropped();
    }
  }

  /** Does something to the batch of the present connection, if there is one. */
  public void onBatch(Consumer<OutboundBatch> action) {
    Connection connection = current.connection();
    if (connection != null) {
      action.accept(connection.batch());
    }
  }

  /** The handshake of a connection is complete. */
  public void opened(Connection connection) {
    AGClientOptions present = options.get();
    if (batching) {
      connection.batch().startBatching();
    } else if (present.batchOnHandshake()) {
      connection.batch().startAfterHandshake(present.batchOnHandshakeDuration());
    }
  }
}
