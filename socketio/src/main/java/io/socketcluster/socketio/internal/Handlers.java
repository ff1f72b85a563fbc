// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import io.socketcluster.server.AGServerSocket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The handlers of one event. Thread-safe. */
final class Handlers<H> {
  private final List<H> handlers = new CopyOnWriteArrayList<>();

  void add(H handler) {
    handlers.add(Objects.requireNonNull(handler, "handler"));
  }

  void remove(Object handler) {
    handlers.remove(handler);
  }

  /** Calls each handler; what one of them throws is an error of the socket. */
  void each(Consumer<H> call, AGServerSocket socket) {
    for (H handler : handlers) {
      try {
        call.accept(handler);
      } catch (RuntimeException e) {
        socket.emitError(e);
      }
    }
  }
}
