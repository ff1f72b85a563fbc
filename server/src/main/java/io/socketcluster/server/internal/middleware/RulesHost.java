// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.middleware;

import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.MiddlewareLine;
import org.jspecify.annotations.Nullable;

/** A server whose rules are its middleware. */
record RulesHost(MiddlewareHost server) implements MiddlewareHost {
  @Override
  public AGServerOptions options() {
    return server.options();
  }

  @Override
  public @Nullable AGMiddleware middleware(MiddlewareLine line) {
    return server.rules();
  }
}
