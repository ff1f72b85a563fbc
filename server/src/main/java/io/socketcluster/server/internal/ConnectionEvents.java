// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.internal.socket.SocketHost.ConnectionMark;
import io.socketcluster.stream.StreamDemux;

/** Emits connection events and knows which of them have been handled. Thread-safe. */
final class ConnectionEvents {
  private final StreamDemux<Object> listeners;

  ConnectionEvents(StreamDemux<Object> listeners) {
    this.listeners = listeners;
  }

  ConnectionMark emit(ServerEvent.Connection event) {
    String name = AGServer.CONNECTION.name();
    listeners.write(name, event);
    return listeners.handled(name)::getAsBoolean;
  }
}
