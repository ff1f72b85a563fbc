// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.http.sessions.Cors;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.PeerEvent;
import org.jspecify.annotations.Nullable;

/** The answers of the fallback. */
final class Answers {
  private static final String RETRY_SECONDS = "10";

  private Answers() {}

  /** Sends an answer that the page may read. */
  static void send(HttpExchange exchange, HttpAnswer answer) {
    exchange.answer(readable(exchange.request(), answer));
  }

  static HttpAnswer readable(UpgradeRequest request, HttpAnswer answer) {
    return Cors.readable(request, answer);
  }

  static HttpAnswer events(String events) {
    return HttpAnswer.of(200, EventStream.CONTENT_TYPE, events.getBytes(UTF_8));
  }

  static HttpAnswer unknownSession() {
    return HttpAnswer.text(404, "Unknown session");
  }

  /** The client acknowledges messages that were never sent, or has left some out. */
  static HttpAnswer conflict() {
    return HttpAnswer.text(409, "Messages are missing");
  }

  static HttpAnswer malformed() {
    return HttpAnswer.text(400, "Malformed events");
  }

  static HttpAnswer tooMany() {
    return HttpAnswer.text(429, "Too many requests").withHeader("retry-after", RETRY_SECONDS);
  }

  static HttpAnswer notAllowed(String methods) {
    return HttpAnswer.text(405, "Method not allowed").withHeader("allow", methods);
  }

  /** Returns the answer: 503 only when the server takes nobody, for load balancers watch that. */
  static HttpAnswer refusal(PeerEvent.Refused refusal) {
    return switch (refusal.why()) {
      case RATE_LIMITED -> tooMany();
      case BLOCKED -> HttpAnswer.text(401, messageOf(refusal.error()));
      default ->
          HttpAnswer.text(503, "The server is busy").withHeader("retry-after", RETRY_SECONDS);
    };
  }

  private static String messageOf(@Nullable Throwable error) {
    String message = error == null ? null : error.getMessage();
    return message == null ? "Forbidden" : message;
  }
}
