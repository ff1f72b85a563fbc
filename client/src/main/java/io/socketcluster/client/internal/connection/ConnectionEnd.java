// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.client.internal.transport.RefusedUpgradeException;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.errors.SocketProtocolError;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection. Immutable.
 *
 * @param wasOpen whether its handshake had been completed
 * @param cause the failure behind it, if that is known
 */
public record ConnectionEnd(
    boolean wasOpen, int code, @Nullable String reason, @Nullable Throwable cause) {
  /** A failed handshake of TLS tells all that arrived in its place. */
  private static final int LONGEST_DETAIL = 120;

  /** An end without a reason has that of its code, if there is one. */
  static ConnectionEnd of(
      boolean wasOpen, int code, @Nullable String reason, @Nullable Throwable cause) {
    String known = CloseCode.reasonOf(code);
    boolean isSilent = reason == null || reason.isEmpty();
    String silent = known.isEmpty() ? null : known;
    return new ConnectionEnd(wasOpen, code, isSilent ? silent : reason, cause);
  }

  /** Returns what the calls that fail with the connection say has happened to it. */
  public String failureType() {
    return wasOpen ? "disconnect" : "connectAbort";
  }

  /** Returns the error that an end with such a code is, or null when nothing went wrong. */
  public @Nullable SocketProtocolError error() {
    return CloseCode.isError(code) ? new SocketProtocolError(message(), code, cause) : null;
  }

  /** An attempt that fails has the same code as any lost connection: its cause tells more. */
  private String message() {
    String known = CloseCode.reasonOf(code);
    String message = known.isEmpty() ? "Socket connection closed with status code " + code : known;
    if (cause instanceof RefusedUpgradeException refusal) {
      return message + ": " + refusal.getMessage();
    }
    String detail = wasOpen || cause == null ? null : cause.getMessage();
    if (detail != null) {
      return message + ": " + detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL));
    }
    return known.isEmpty() && reason != null ? message + " and reason: " + reason : message;
  }
}
