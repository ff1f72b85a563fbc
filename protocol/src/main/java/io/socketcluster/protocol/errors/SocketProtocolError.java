// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection was closed with a code that is an error. */
public class SocketProtocolError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "SocketProtocolError";

  private static final long serialVersionUID = 1L;

  /**
   * @param code the close code: the property {@code code}
   */
  public SocketProtocolError(String message, int code) {
    this(message, code, null);
  }

  /**
   * @param code the close code: the property {@code code}
   * @param cause stays here
   */
  public SocketProtocolError(String message, int code, @Nullable Throwable cause) {
    this(message, Map.of("code", code), cause);
  }

  SocketProtocolError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }

  /** The code; 0 if the error does not say. */
  public int code() {
    return number("code");
  }
}
