// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import io.socketcluster.protocol.errors.InvalidMessageError;

/**
 * A message that ends the connection: no valid UTF-8 (RFC 6455, 8.1), or over a limit of {@link
 * JsonLimits}. It has no stack trace. Its wire name is {@code InvalidMessageError}.
 */
public final class MalformedMessageException extends InvalidMessageError {
  private static final long serialVersionUID = 1L;

  private final int closeCode;

  /**
   * @param closeCode one of {@link CloseCode}
   * @param message what was expected and what was found
   */
  public MalformedMessageException(int closeCode, String message) {
    super(message);
    this.closeCode = closeCode;
  }

  static MalformedMessageException utf8(int position) {
    return new MalformedMessageException(
        CloseCode.INVALID_DATA, "The message is no valid UTF-8 at byte " + position);
  }

  static MalformedMessageException overLimit(String what, int limit) {
    return new MalformedMessageException(
        CloseCode.POLICY_VIOLATION, "The message has " + what + " over the limit of " + limit);
  }

  /** Does nothing: a peer could make the server pay for stack traces, and they say nothing new. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }

  /** The code to close the connection with, one of {@link CloseCode}. */
  public int closeCode() {
    return closeCode;
  }
}
