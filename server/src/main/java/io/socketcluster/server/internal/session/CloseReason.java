// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.errors.SocketProtocolError;
import org.jspecify.annotations.Nullable;

/**
 * Why a socket closes.
 *
 * @param reason that of the code if none was given
 * @param isError whether the close is an error of the socket
 */
record CloseReason(int code, @Nullable String reason, boolean isError) {
  static CloseReason of(int code, @Nullable String given, boolean isError) {
    boolean isGiven = given != null && !given.isEmpty();
    String known = CloseCode.reasonOf(code);
    return new CloseReason(code, isGiven ? given : known.isEmpty() ? null : known, isError);
  }

  SocketProtocolError error() {
    String known = CloseCode.reasonOf(code);
    if (!known.isEmpty()) {
      return new SocketProtocolError(known, code);
    }
    String message = "Socket connection closed with status code " + code;
    return new SocketProtocolError(
        reason == null ? message : message + " and reason: " + reason, code);
  }
}
