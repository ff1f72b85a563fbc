// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.spi.PeerEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers to clients whose connection the server refuses. */
final class Refusals {
  private static final int BLOCKED_CODE = 4;
  private static final String RETRY_SECONDS = "10";

  private Refusals() {}

  /** Returns the answer: 503 only when the server takes nobody, for load balancers watch that. */
  static HttpAnswer answer(PeerEvent.Refused refusal) {
    return switch (refusal.why()) {
      case RATE_LIMITED ->
          HttpAnswer.text(429, "Too many connections").withHeader("retry-after", RETRY_SECONDS);
      case BLOCKED ->
          HttpAnswer.json(401, Map.of("code", BLOCKED_CODE, "message", messageOf(refusal.error())));
      default ->
          HttpAnswer.text(503, "The server is busy").withHeader("retry-after", RETRY_SECONDS);
    };
  }

  private static String messageOf(@Nullable Throwable error) {
    String message = error == null ? null : error.getMessage();
    return message == null ? "Forbidden" : message;
  }
}
