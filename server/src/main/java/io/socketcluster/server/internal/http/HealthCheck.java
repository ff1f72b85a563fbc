// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Tells who asks at {@code checkPath} whether a server is ready. */
public record HealthCheck(String checkPath, HttpHandler others) implements HttpHandler {
  @Override
  public @Nullable HttpAnswer handle(HttpRequest request) throws Exception {
    if (!isFor(request.method(), request.path())) {
      return others.handle(request);
    }
    return request.server().isReady()
        ? HttpAnswer.text(200, "OK")
        : HttpAnswer.text(503, "Service Unavailable");
  }

  /** Returns whether a request asks for the check, which takes no memory and no time. */
  public boolean isFor(String method, String path) {
    return (method.equals("GET") || method.equals("HEAD")) && path.equals(checkPath);
  }
}
