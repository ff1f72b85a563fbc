// SPDX-License-Identifier: MIT
package io.socketcluster.server.tokens;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Signed auth tokens that are refused although they have not expired: those with a claim of this
 * value, all of them or those issued until a moment. Given to {@link AGCluster#revokeTokens}.
 * Immutable.
 *
 * @param claim the name of a property at the top of the token: at most 256 characters
 * @param value a string, a number or a boolean: at most 1,024 characters as JSON
 * @param issuedUntil the last moment of issue, in whole seconds as the claim {@code iat}; null for
 *     tokens of any age. A token without an {@code iat} counts as issued before
 * @param keptUntil when the revocation is forgotten: when the last of the tokens has expired
 */
public record TokenRevocation(
    String claim, JsonNode value, @Nullable Instant issuedUntil, Instant keptUntil) {
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_VALUE = 1_024;

  /**
   * Creates a revocation.
   *
   * @throws InvalidArgumentsError if the claim or its value is too long, or the value is no scalar
   */
  public TokenRevocation {
    Objects.requireNonNull(keptUntil, "keptUntil");
    if (claim.isEmpty() || claim.length() > LONGEST_NAME) {
      throw new InvalidArgumentsError(
          "claim has " + claim.length() + " characters; allowed: 1 to " + LONGEST_NAME);
    }
    boolean isScalar = value.isString() || value.isNumber() || value.isBoolean();
    if (!isScalar || value.toString().length() > LONGEST_VALUE) {
      throw new InvalidArgumentsError(
          "value of "
              + claim
              + " is refused; allowed: a string, a number or a boolean of at most "
              + LONGEST_VALUE
              + " characters");
    }
  }

  /**
   * Returns the revocation of one token.
   *
   * @param id its claim {@code jti}, see {@code AuthTokenOptions.jwtid}
   * @param tokenLifetime for how long the token was valid at most when it was issued
   */
  public static TokenRevocation ofId(String id, Duration tokenLifetime) {
    return new TokenRevocation(
        "jti", Payload.of(id).node(), null, Instant.now().plus(tokenLifetime));
  }

  /**
   * Returns the revocation of all tokens of a user that were issued until now, in this second
   * included.
   *
   * @param claim the name of a property at the top of the token that names the user
   * @param value a string, a number or a boolean
   * @param tokenLifetime the longest time for which the server issues tokens: {@code
   *     authDefaultExpiry} unless the application asks for more
   */
  public static TokenRevocation ofUser(String claim, Object value, Duration tokenLifetime) {
    Instant now = Instant.now();
    return new TokenRevocation(claim, Payload.of(value).node(), now, now.plus(tokenLifetime));
  }

  /** Returns this revocation for the tokens that were issued until then. */
  public TokenRevocation issuedUntil(Instant moment) {
    return new TokenRevocation(claim, value, moment, keptUntil);
  }

  /** Returns whether a token is meant, by its claims. */
  public boolean covers(JsonNode claims) {
    JsonNode own = claims.get(claim);
    if (own == null || !own.toString().equals(value.toString())) {
      return false;
    }
    JsonNode issuedAt = claims.get("iat");
    return issuedUntil == null
        || issuedAt == null
        || !issuedAt.isNumber()
        || (long) issuedAt.doubleValue() <= issuedUntil.getEpochSecond();
  }
}
