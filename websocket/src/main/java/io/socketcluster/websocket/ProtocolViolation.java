// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The peer sent bytes that break a rule of WebSocket, or more of them than it may. */
public final class ProtocolViolation extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int INVALID_DATA = 1007;
  private static final int TOO_BIG = 1009;

  private final int closeCode;

  private ProtocolViolation(int closeCode, String message, @Nullable Throwable cause) {
    super(message, cause, false, false); // peers cause it, and a stack trace would cost us
    this.closeCode = closeCode;
  }

  /** Returns a violation that closes the connection with 1002. */
  static ProtocolViolation ofFrame(String message) {
    return new ProtocolViolation(PROTOCOL_ERROR, message, null);
  }

  /** Returns a violation that closes the connection with 1007. */
  static ProtocolViolation ofData(String message, @Nullable Throwable cause) {
    return new ProtocolViolation(INVALID_DATA, message, cause);
  }

  /** Returns a violation that closes the connection with 1009. */
  static ProtocolViolation ofSize(String message) {
    return new ProtocolViolation(TOO_BIG, message, null);
  }

  /** Returns the code of the close frame that tells the peer. */
  public int closeCode() {
    return closeCode;
  }
}
