// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.internal.socket.SocketHost.ConnectionMark;
import io.socketcluster.stream.StreamDemux;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Emits connection events and knows which of them have been handled. Thread-safe. */
final class ConnectionEvents {
  private static final int KEPT = 10_000;
  private static final int KEPT_SECONDS = 10;

  private final StreamDemux<Object> listeners;

  ConnectionEvents(StreamDemux<Object> listeners) {
    this.listeners = listeners;
  }

  /** A server may listen before its application has come to consume the connections. */
  void keepForAWhile() {
    listeners.retain(KEPT, AGServer.CONNECTION.name()::equals);
    CompletableFuture.delayedExecutor(KEPT_SECONDS, TimeUnit.SECONDS).execute(listeners::release);
  }

  ConnectionMark emit(ServerEvent.Connection event) {
    String name = AGServer.CONNECTION.name();
    listeners.write(name, event);
    return listeners.handled(name)::getAsBoolean;
  }
}
