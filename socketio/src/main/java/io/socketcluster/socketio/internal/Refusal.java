// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import io.socketcluster.http.sessions.Cors;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.PeerEvent;

/** The answers to what is not served. Old clients take each of them for a lost connection. */
enum Refusal {
  ILLEGAL_TRANSPORT(400, "Illegal transport"),
  NO_SESSION(400, "No session"),
  MALFORMED(400, "Malformed request"),
  FORBIDDEN(403, "Forbidden"),
  UNKNOWN_SESSION(404, "Unknown session"),
  BAD_METHOD(405, "Method not allowed"),
  NO_UPGRADE(426, "WebSocket expected"),
  TOO_MANY(429, "Too many connections"),
  BUSY(503, "The server is busy");

  private static final String RETRY_SECONDS = "10";

  private final int status;
  private final String text;

  Refusal(int status, String text) {
    this.status = status;
    this.text = text;
  }

  /** Returns why the server has refused a connection: 503 only when it takes nobody. */
  static Refusal of(PeerEvent.Refused refusal) {
    return switch (refusal.why()) {
      case RATE_LIMITED -> TOO_MANY;
      case BLOCKED -> FORBIDDEN;
      default -> BUSY;
    };
  }

  /** Returns the answer to a request of an origin that is allowed. */
  HttpAnswer answer(UpgradeRequest request) {
    HttpAnswer answer = Cors.readable(request, HttpAnswer.text(status, text));
    return switch (this) {
      case BAD_METHOD -> answer.withHeader("allow", "GET, POST, OPTIONS");
      case NO_UPGRADE ->
          answer.withHeader("upgrade", "websocket").withHeader("sec-websocket-version", "13, 8, 7");
      case TOO_MANY, BUSY -> answer.withHeader("retry-after", RETRY_SECONDS);
      default -> answer;
    };
  }

  /** Returns the answer to a request of an origin that is not allowed. */
  static HttpAnswer badOrigin() {
    return HttpAnswer.text(403, "Invalid origin");
  }
}
