// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.stream.StreamHandler;

/**
 * A middleware of function style: it registers and returns, so it needs no thread to be started.
 */
record EachAction(StreamHandler<AGAction> handler) implements AGMiddleware {
  @Override
  public void run(MiddlewareStream actions) {
    actions.consume(handler);
  }

  @Override
  public boolean registersOnly() {
    return true;
  }
}
