// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.InboundCall;
import io.socketcluster.core.InboundMessage;
import io.socketcluster.core.failures.LostPeer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.stream.ConsumptionErrorHandler;
import org.jspecify.annotations.Nullable;

/** Tells apart what handlers throw: a fault of the application, or a way to answer. Thread-safe. */
public final class HandlerFailures implements ConsumptionErrorHandler {
  private final SocketEvents events;

  public HandlerFailures(SocketEvents events) {
    this.events = events;
  }

  @Override
  public void handle(Object item, Throwable error) {
    handle(null, item, error);
  }

  @Override
  public void handle(@Nullable String stream, Object item, Throwable error) {
    switch (item) {
      case InboundCall call -> {
        if (call.abandon(error) || LostPeer.isCauseOf(error)) {
          events.error(error);
        } else {
          events.failed("The procedure \"" + stream + "\" failed", error);
        }
      }
      case InboundMessage message -> {
        if (LostPeer.isCauseOf(error)) {
          events.error(error);
        } else {
          events.failed("The receiver \"" + stream + "\" failed", error);
        }
      }
      case ConnectionEvent.Failure told -> events.unheard(listener(stream), error);
      default -> events.failed(listener(stream), error);
    }
  }

  private static String listener(@Nullable String name) {
    return "The listener \"" + name + "\" of a socket failed";
  }

  @Override
  public void executorFailed(@Nullable String stream, Throwable error) {
    String event = "The executor for consumers of \"" + stream + "\" took no task";
    if (AGServerSocket.ERROR.name().equals(stream)) {
      events.unheard(event, error); // whoever listens there has the same executor
    } else {
      events.failed(event, error);
    }
  }
}
