// SPDX-License-Identifier: MIT
package io.socketcluster.core.streams;

import io.socketcluster.core.AGSocket;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.failures.LostPeer;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.ConsumptionErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Reports what handlers throw: a fault of the application, an answer to the caller, or the loss of
 * the other end. Thread-safe.
 */
public final class HandlerFailures implements ConsumptionErrorHandler {
  private final FailureReports reports;

  public HandlerFailures(FailureReports reports) {
    this.reports = reports;
  }

  @Override
  public void handle(Object item, Throwable error) {
    handle(null, item, error);
  }

  @Override
  public void handle(@Nullable String stream, Object item, Throwable error) {
    String event = "The " + kindOf(item) + " \"" + stream + "\" failed";
    if (item instanceof ConnectionEvent.Failure) {
      reports.unheard(event, error);
    } else if ((item instanceof InboundCall call && call.abandon(error))
        || LostPeer.isCauseOf(error)) {
      reports.error(error);
    } else {
      reports.failed(event, error);
    }
  }

  private static String kindOf(Object item) {
    return switch (item) {
      case InboundCall call -> "procedure";
      case InboundMessage message -> "receiver";
      case Payload published -> "consumer of the channel";
      default -> "listener";
    };
  }

  @Override
  public void executorFailed(@Nullable String stream, Throwable error) {
    String event = "The executor for consumers of \"" + stream + "\" took no task";
    if (AGSocket.ERROR.name().equals(stream)) {
      reports.unheard(event, error); // a listener to errors has the same executor
    } else {
      reports.failed(event, error);
    }
  }
}
