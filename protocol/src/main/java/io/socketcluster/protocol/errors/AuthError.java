// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Authentication failed for a reason that is not the token itself. */
public class AuthError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "AuthError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public AuthError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public AuthError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  AuthError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
