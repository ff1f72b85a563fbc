// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import java.util.function.Consumer;

/** What the HTTP handler of the application answers, or what is answered in its place. */
final class HttpAnswers {
  private static final HttpAnswer NOT_IMPLEMENTED = HttpAnswer.text(501, "Not Implemented");

  private final HttpHandler handler;
  private final Consumer<Throwable> warnings;

  HttpAnswers(HttpHandler handler, Consumer<Throwable> warnings) {
    this.handler = handler;
    this.warnings = warnings;
  }

  boolean isHealthCheck(String method, String path) {
    return handler instanceof HealthCheck check && check.isFor(method, path);
  }

  HttpAnswer to(HttpRequest request) {
    try {
      HttpAnswer answer = handler.handle(request);
      return answer == null ? NOT_IMPLEMENTED : answer;
    } catch (InterruptedException e) { // the client has hung up
      return HttpAnswer.text(503, "Service Unavailable");
    } catch (Throwable e) { // an Error too must not leave the client waiting
      warnings.accept(e);
      return HttpAnswer.text(500, "Internal Server Error");
    }
  }
}
