// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.InboundCall;
import io.socketcluster.core.failures.FailureLog;
import io.socketcluster.core.failures.LostPeer;
import io.socketcluster.stream.ConsumptionErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * What fails in the application around a client socket. The socket emits it as an {@code error},
 * and logs it when nobody listens. Thread-safe.
 */
final class ClientFailures implements ConsumptionErrorHandler {
  private final ClientStreams streams;
  private volatile @Nullable FailureLog log; // made by the first failure that nobody hears

  ClientFailures(ClientStreams streams) {
    this.streams = streams;
  }

  /**
   * Emits a failure, and logs it if nobody listens.
   *
   * @param event what happened, a sentence without a full stop
   */
  void failed(String event, Throwable failure) {
    boolean isHeard = streams.listeners().getConsumerCount(AGClientSocket.ERROR.name()) > 0;
    streams.error(failure);
    if (!isHeard || FailureLog.isSevere(failure)) {
      log(event, failure);
    }
  }

  @Override
  public void handle(Object item, Throwable error) {
    handle(null, item, error);
  }

  @Override
  public void handle(@Nullable String stream, Object item, Throwable error) {
    String event = "The consumer of \"" + stream + "\" failed";
    if (item instanceof ConnectionEvent.Failure) {
      log(event, error); // who listens to errors is not told its own
    } else if ((item instanceof InboundCall call && call.abandon(error))
        || LostPeer.isCauseOf(error)) {
      streams.error(error);
    } else {
      failed(event, error);
    }
  }

  @Override
  public void executorFailed(@Nullable String stream, Throwable error) {
    String event = "The executor for consumers of \"" + stream + "\" took no task";
    if (AGClientSocket.ERROR.name().equals(stream)) {
      log(event, error);
    } else {
      failed(event, error);
    }
  }

  private void log(String event, Throwable failure) {
    FailureLog present = log;
    if (present == null) {
      synchronized (this) {
        present = log == null ? new FailureLog() : log;
        log = present;
      }
    }
    present.log(event, failure);
  }
}
