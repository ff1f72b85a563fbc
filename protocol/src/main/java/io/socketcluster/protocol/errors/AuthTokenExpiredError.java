// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token that is no longer valid. */
public class AuthTokenExpiredError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "AuthTokenExpiredError";

  private static final long serialVersionUID = 1L;

  /**
   * @param expiry when the token expired: the property {@code expiry}
   */
  public AuthTokenExpiredError(String message, Instant expiry) {
    this(message, Map.of("expiry", expiry), null);
  }

  AuthTokenExpiredError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }

  /** Returns the time at which the token expired, or null if the error does not contain it. */
  public @Nullable Instant expiry() {
    return instant("expiry");
  }
}
