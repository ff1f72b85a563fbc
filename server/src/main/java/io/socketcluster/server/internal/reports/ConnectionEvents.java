// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.reports;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.internal.events.ConnectionMark;
import io.socketcluster.stream.StreamDemux;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Emits connection events and knows which of them have been handled. Thread-safe. */
public final class ConnectionEvents {
  private static final int KEPT = 10_000;
  private static final int KEPT_SECONDS = 10;

  private final StreamDemux<Object> listeners;
  private volatile boolean keeping;

  public ConnectionEvents(StreamDemux<Object> listeners) {
    this.listeners = listeners;
  }

  /** A server may listen before its application has come to consume the connections. */
  public void retainForLateConsumers() {
    if (keeping) {
      return; // an attempt to listen has failed before
    }
    listeners.retain(KEPT, AGServer.CONNECTION.name()::equals);
    keeping = true;
    CompletableFuture.delayedExecutor(KEPT_SECONDS, TimeUnit.SECONDS).execute(this::release);
  }

  private void release() {
    keeping = false;
    listeners.release();
  }

  public ConnectionMark emit(ServerEvent.Connection event) {
    String name = AGServer.CONNECTION.name();
    listeners.write(name, event);
    BooleanSupplier handled = listeners.handled(name);
    return () -> !isAwaited(name) && handled.getAsBoolean();
  }

  /** While events are kept, one that nobody consumes yet is not handled by that. */
  private boolean isAwaited(String name) {
    return keeping && listeners.getConsumerCount(name) == 0;
  }
}
