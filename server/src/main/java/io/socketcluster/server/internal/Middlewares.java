// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.MiddlewareLine;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The middleware of each line. Thread-safe; to look costs a volatile read. */
final class Middlewares {
  private final AtomicReference<@Nullable AGMiddleware> handshake = new AtomicReference<>();
  private final AtomicReference<@Nullable AGMiddleware> inboundRaw = new AtomicReference<>();
  private final AtomicReference<@Nullable AGMiddleware> inbound = new AtomicReference<>();
  private final AtomicReference<@Nullable AGMiddleware> outbound = new AtomicReference<>();

  @Nullable AGMiddleware get(MiddlewareLine line) {
    return of(line).get();
  }

  void set(MiddlewareLine line, AGMiddleware middleware) {
    if (!of(line).compareAndSet(null, middleware)) {
      throw new InvalidActionError("Middleware " + line.value() + " type has already been set");
    }
  }

  void remove(MiddlewareLine line) {
    of(line).set(null);
  }

  private AtomicReference<@Nullable AGMiddleware> of(MiddlewareLine line) {
    return switch (line) {
      case HANDSHAKE -> handshake;
      case INBOUND_RAW -> inboundRaw;
      case INBOUND -> inbound;
      case OUTBOUND -> outbound;
    };
  }
}
