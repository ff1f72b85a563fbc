// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import org.jspecify.annotations.Nullable;

/** Tells who asks at {@code checkPath} whether a server is ready. */
record HealthCheck(String checkPath, HttpHandler others) implements HttpHandler {
  @Override
  public @Nullable HttpAnswer handle(HttpRequest request) throws Exception {
    if (!request.isRead() || !request.path().equals(checkPath)) {
      return others.handle(request);
    }
    return request.server().isReady()
        ? HttpAnswer.text(200, "OK")
        : HttpAnswer.text(503, "Service Unavailable");
  }
}
