// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.stream.StreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * A middleware of function style: it registers and returns, so it needs no thread to be started.
 *
 * @param isNonBlocking whether event loops call the handler themselves
 */
record HandlerMiddleware(StreamHandler<AGAction> handler, boolean isNonBlocking)
    implements AGMiddleware {
  @Override
  public void run(MiddlewareStream actions) {
    actions.consume(handler);
  }

  @Override
  public boolean registersOnly() {
    return true;
  }

  @Override
  public @Nullable StreamHandler<AGAction> nonBlockingHandler() {
    return isNonBlocking ? handler : null;
  }
}
