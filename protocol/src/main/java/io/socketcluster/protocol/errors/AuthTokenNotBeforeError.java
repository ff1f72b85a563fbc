// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token that is not valid yet. */
public class AuthTokenNotBeforeError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "AuthTokenNotBeforeError";

  private static final long serialVersionUID = 1L;

  /**
   * @param date when the token becomes valid: the property {@code date}
   */
  public AuthTokenNotBeforeError(String message, Instant date) {
    this(message, Map.of("date", date), null);
  }

  AuthTokenNotBeforeError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }

  /**
   * Returns the time at which the token becomes valid, or null if the error does not contain it.
   */
  public @Nullable Instant date() {
    return instant("date");
  }
}
