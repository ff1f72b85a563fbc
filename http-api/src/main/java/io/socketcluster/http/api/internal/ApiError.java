// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import io.socketcluster.server.HttpAnswer;
import java.util.Map;

/** A request that is refused, with the answer that says why. */
final class ApiError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String name;

  ApiError(int status, String name, String message) {
    super(message, null, false, false);
    this.status = status;
    this.name = name;
  }

  static ApiError invalid(String message) {
    return new ApiError(400, "InvalidRequestError", message);
  }

  static ApiError forbidden(String scope) {
    return new ApiError(403, "ForbiddenError", "The caller lacks the scope " + scope);
  }

  HttpAnswer answer() {
    Map<String, Object> error = Map.of("name", name, "message", String.valueOf(getMessage()));
    HttpAnswer answer =
        HttpAnswer.json(status, Map.of("error", error)).withHeader("cache-control", "no-store");
    return switch (status) {
      case 401 -> answer.withHeader("www-authenticate", "Bearer");
      case 429, 503 -> answer.withHeader("retry-after", "1");
      default -> answer;
    };
  }
}
