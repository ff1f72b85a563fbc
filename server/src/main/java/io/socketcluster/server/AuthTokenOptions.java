// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a token is signed and delivered. Immutable.
 *
 * @param expiresIn how long the token is valid, or null for {@code authDefaultExpiry}; an {@code
 *     exp} claim in the token itself wins
 * @param rejectOnFailedDelivery whether the future of {@code setAuthToken} waits until the client
 *     has confirmed that it stored the token
 */
public record AuthTokenOptions(@Nullable Duration expiresIn, boolean rejectOnFailedDelivery) {
  /** The default expiry, without waiting for the client. */
  public static final AuthTokenOptions DEFAULT = new AuthTokenOptions(null, false);

  public AuthTokenOptions {
    if (expiresIn != null && (expiresIn.isNegative() || expiresIn.toSeconds() < 1)) {
      throw new IllegalArgumentException(
          "expiresIn is " + expiresIn + "; allowed: one second or more");
    }
  }

  /** Returns options with another expiry. */
  public static AuthTokenOptions expiresIn(Duration expiresIn) {
    return new AuthTokenOptions(expiresIn, false);
  }
}
