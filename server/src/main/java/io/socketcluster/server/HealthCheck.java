// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import org.jspecify.annotations.Nullable;

/** Tells who asks at {@code checkPath} whether a server is ready. */
record HealthCheck(String checkPath, HttpHandler others) implements HttpHandler {
  @Override
  public @Nullable HttpAnswer handle(String method, String path) throws Exception {
    return others.handle(method, path);
  }

  @Override
  public @Nullable HttpAnswer handle(AGServer server, String method, String path) throws Exception {
    boolean isRead = method.equals("GET") || method.equals("HEAD");
    if (!isRead || !path.equals(checkPath)) {
      return others.handle(server, method, path);
    }
    return server.isReady()
        ? HttpAnswer.text(200, "OK")
        : HttpAnswer.text(503, "Service Unavailable");
  }
}
