// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.core.AuthState;
import io.socketcluster.server.internal.auth.CheckedToken;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One token, or none.
 *
 * @param signed null when the auth engine knows the client without a token
 * @param expiryMillis when it expires; {@code Long.MAX_VALUE} for never
 */
public record Token(@Nullable JsonNode claims, @Nullable String signed, long expiryMillis) {
  public static final Token NONE = new Token(null, null, Long.MAX_VALUE);

  /** The claims are kept beside the text, as a tree. */
  private static final int TREE_FACTOR = 4;

  public static Token of(CheckedToken token) {
    JsonNode claims = token.claims();
    return claims == null ? NONE : of(claims, token.signed());
  }

  public static Token of(JsonNode claims, @Nullable String signed) {
    double expiry = secondsOf(claims.path("exp"));
    return new Token(
        claims, signed, Double.isNaN(expiry) ? Long.MAX_VALUE : (long) (expiry * 1000));
  }

  /** The engine of an application may have written the number as a text. */
  private static double secondsOf(JsonNode expiry) {
    return expiry.isNumber() || expiry.isString() ? expiry.asDouble(Double.NaN) : Double.NaN;
  }

  public long heldBytes() {
    return signed == null ? 0 : TREE_FACTOR * (long) signed.length();
  }

  public AuthState state() {
    return claims == null ? AuthState.UNAUTHENTICATED : AuthState.AUTHENTICATED;
  }
}
