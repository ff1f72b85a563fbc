// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers at {@code checkPath} whether a server serves, and whether its broker is ready. */
public record HealthCheck(String checkPath, HttpHandler others) implements HttpHandler {
  @Override
  public @Nullable HttpAnswer handle(HttpRequest request) throws Exception {
    if (!isFor(request.method(), request.path())) {
      return others.handle(request);
    }
    AGServer server = request.server();
    boolean serves = server.isServing();
    Map<String, Object> body =
        Map.of(
            "status",
            serves ? "ok" : "closing",
            "broker",
            Map.of("ready", server.brokerEngine().isReady()));
    return HttpAnswer.json(serves ? 200 : 503, body);
  }

  /** Returns whether a request asks for the check, which takes no memory and no time. */
  public boolean isFor(String method, String path) {
    return (method.equals("GET") || method.equals("HEAD")) && path.equals(checkPath);
  }
}
