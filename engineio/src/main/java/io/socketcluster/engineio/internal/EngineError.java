// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.socketcluster.http.sessions.Cors;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import java.util.Map;

/** The errors of Engine.IO: 400 with a number and a text. */
enum EngineError {
  UNKNOWN_TRANSPORT(0, "Transport unknown"),
  UNKNOWN_SESSION(1, "Session ID unknown"),
  BAD_METHOD(2, "Bad handshake method"),
  BAD_REQUEST(3, "Bad request");

  private final int code;
  private final String text;

  EngineError(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** Returns the answer to a request. */
  HttpAnswer answer(UpgradeRequest request) {
    return Cors.readable(request, HttpAnswer.json(400, Map.of("code", code, "message", text)));
  }
}
