// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.core.connection.OutboundBatch;
import java.util.function.Consumer;

/**
 * What the application wants of batches, for this connection and those to come. Event loop only,
 * but for the questions.
 */
final class Batching {
  private final DefaultClientSocket socket;
  private volatile boolean batching;

  Batching(DefaultClientSocket socket) {
    this.socket = socket;
  }

  boolean isBatching() {
    return batching;
  }

  boolean isBuffering() {
    Connection connection = socket.parts().cycle().connection();
    return connection != null && connection.batch().isBuffering();
  }

  void startBatching() {
    batching = true;
    onBatch(OutboundBatch::startBatching);
  }

  void stopBatching() {
    batching = false;
    onBatch(OutboundBatch::stopBatching);
  }

  void cancelBatching() {
    batching = false;
    drop(OutboundBatch::cancelBatching);
  }

  void cancelBatch() {
    drop(OutboundBatch::cancel);
  }

  private void drop(Consumer<OutboundBatch> how) {
    Connection connection = socket.parts().cycle().connection();
    if (connection != null) {
      how.accept(connection.batch());
      connection.dropped();
    }
  }

  /** Does something to the batch of the present connection, if there is one. */
  void onBatch(Consumer<OutboundBatch> action) {
    Connection connection = socket.parts().cycle().connection();
    if (connection != null) {
      action.accept(connection.batch());
    }
  }

  void opened(Connection connection) {
    if (batching) {
      connection.batch().startBatching();
    } else if (socket.options().batchOnHandshake()) {
      connection.batch().startAfterHandshake(socket.options().batchOnHandshakeDuration());
    }
  }
}
