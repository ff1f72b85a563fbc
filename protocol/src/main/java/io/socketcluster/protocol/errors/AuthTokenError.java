// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem with a token other than its form, its signature or its dates. */
public class AuthTokenError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "AuthTokenError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public AuthTokenError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public AuthTokenError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  AuthTokenError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
