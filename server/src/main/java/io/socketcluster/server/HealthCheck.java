// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers at {@code checkPath} whether a server serves, and whether its broker is ready. */
record HealthCheck(String checkPath, HttpHandler others) implements HttpHandler {
  @Override
  public @Nullable HttpAnswer handle(HttpRequest request) throws Exception {
    if (!request.isRead() || !request.path().equals(checkPath)) {
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
}
