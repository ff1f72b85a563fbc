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
 * @param keptUntil when the revocation is forgotten: when the last of the tokens has expired, in
 *     36,500 days at most
 */
public record TokenRevocation(
    String claim, JsonNode value, @Nullable Instant issuedUntil, Instant keptUntil) {
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_VALUE = 1_024;
  private static final Duration LONGEST_TIME = Duration.ofDays(36_500);

  /** The clock of another server may be ahead. */
  private static final Duration LATEST_END = LONGEST_TIME.plusDays(1);

  /**
   * Creates a revocation.
   *
   * @throws InvalidArgumentsError if the claim or its value is too long, the value is no scalar, or
   *     {@code keptUntil} is before 1970 or too late
   */
  public TokenRevocation {
    Objects.requireNonNull(keptUntil, "keptUntil");
    if (keptUntil.isBefore(Instant.EPOCH) || keptUntil.isAfter(Instant.now().plus(LATEST_END))) {
      throw new InvalidArgumentsError(
          "keptUntil is "
              + keptUntil
              + "; allowed: 1970 to "
              + LONGEST_TIME.toDays()
              + " days from now");
    }
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
   * @param tokenLifetime for how long the token was valid at most when it was issued: at most
   *     36,500 days
   * @throws InvalidArgumentsError if the id or the time is too long
   */
  public static TokenRevocation ofId(String id, Duration tokenLifetime) {
    return new TokenRevocation(
        "jti", Payload.of(id).node(), null, end(Instant.now(), tokenLifetime));
  }

  /**
   * Returns the revocation of all tokens of a user that were issued until now, in this second
   * included.
   *
   * @param claim the name of a property at the top of the token that names the user
   * @param value a string, a number or a boolean
   * @param tokenLifetime the longest time for which the server issues tokens: {@code
   *     authDefaultExpiry} unless the application asks for more; at most 36,500 days
   * @throws InvalidArgumentsError if the claim, its value or the time is too long, or the value is
   *     no scalar
   */
  public static TokenRevocation ofUser(String claim, Object value, Duration tokenLifetime) {
    Instant now = Instant.now();
    return new TokenRevocation(claim, Payload.of(value).node(), now, end(now, tokenLifetime));
  }

  private static Instant end(Instant now, Duration tokenLifetime) {
    if (tokenLifetime.isNegative() || tokenLifetime.compareTo(LONGEST_TIME) > 0) {
      throw new InvalidArgumentsError(
          "tokenLifetime is "
              + tokenLifetime
              + "; allowed: 0 to "
              + LONGEST_TIME.toDays()
              + " days");
    }
    return now.plus(tokenLifetime);
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
