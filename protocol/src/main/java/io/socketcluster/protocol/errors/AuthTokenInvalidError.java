// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token that cannot be read or whose signature is wrong. */
public class AuthTokenInvalidError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "AuthTokenInvalidError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public AuthTokenInvalidError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public AuthTokenInvalidError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  AuthTokenInvalidError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
