// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.stream.StreamHandler;

/** A middleware whose handler never blocks: event loops call it themselves. */
record NonBlockingMiddleware(StreamHandler<AGAction> nonBlockingHandler) implements AGMiddleware {
  @Override
  public void run(MiddlewareStream actions) {
    actions.consume(nonBlockingHandler);
  }

  @Override
  public boolean registersOnly() {
    return true;
  }
}
