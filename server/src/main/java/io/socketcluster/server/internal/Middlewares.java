// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.MiddlewareLine;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The middleware of each line; so far there is one line. Thread-safe. */
final class Middlewares {
  private final AtomicReference<@Nullable AGMiddleware> inbound = new AtomicReference<>();

  @Nullable AGMiddleware get(MiddlewareLine line) {
    return line == MiddlewareLine.INBOUND ? inbound.get() : null;
  }

  void set(MiddlewareLine line, AGMiddleware middleware) {
    if (line != MiddlewareLine.INBOUND) {
      throw new InvalidArgumentsError(
          "Middleware " + line.value() + " type is not supported; allowed: inbound");
    }
    if (!inbound.compareAndSet(null, middleware)) {
      throw new InvalidActionError("Middleware " + line.value() + " type has already been set");
    }
  }

  void remove(MiddlewareLine line) {
    if (line == MiddlewareLine.INBOUND) {
      inbound.set(null);
    }
  }
}
