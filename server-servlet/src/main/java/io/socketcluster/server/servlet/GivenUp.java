// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Abandons an upgrade whose request has ended in the container: too late, or with an error. */
final class GivenUp implements AsyncListener {
  private final UpgradeExchange exchange;
  private final AtomicBoolean isOver;

  /**
   * @param isOver whether the answer has gone to the container, or the container has given up
   */
  GivenUp(UpgradeExchange exchange, AtomicBoolean isOver) {
    this.exchange = exchange;
    this.isOver = isOver;
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    if (isOver.compareAndSet(false, true)) {
      exchange.abandon();
      if (event.getSuppliedResponse() instanceof HttpServletResponse response) {
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The server is busy");
      }
      event.getAsyncContext().complete();
    }
  }

  @Override
  public void onError(AsyncEvent event) {
    isOver.set(true);
    exchange.abandon();
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
