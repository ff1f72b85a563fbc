// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.server.tokens.TokenRevocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The revocations for one value of a claim: of tokens of any age for some time, and of those that
 * were issued until a moment for longer. Immutable.
 */
record RevokedValue(@Nullable TokenRevocation ofAnyAge, @Nullable TokenRevocation ofAnAge) {
  static final RevokedValue NONE = new RevokedValue(null, null);

  /** The second adds nothing if it does not last longer than the first. */
  RevokedValue {
    if (ofAnyAge != null && ofAnAge != null && !ofAnAge.keptUntil().isAfter(ofAnyAge.keptUntil())) {
      ofAnAge = null;
    }
  }

  RevokedValue with(TokenRevocation added) {
    return added.issuedUntil() == null
        ? new RevokedValue(both(ofAnyAge, added), ofAnAge)
        : new RevokedValue(ofAnyAge, both(ofAnAge, added));
  }

  /** Neither names an age, or both do. */
  private static TokenRevocation both(@Nullable TokenRevocation known, TokenRevocation added) {
    if (known == null) {
      return added;
    }
    Instant first = known.issuedUntil();
    Instant second = added.issuedUntil();
    return new TokenRevocation(
        added.claim(),
        added.value(),
        first == null || second == null ? null : later(first, second),
        later(known.keptUntil(), added.keptUntil()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Returns what is left at a time, in milliseconds of the wall clock. */
  RevokedValue inForce(long now) {
    return isInForce(ofAnyAge, now) && isInForce(ofAnAge, now)
        ? this
        : new RevokedValue(
            isInForce(ofAnyAge, now) ? ofAnyAge : null, isInForce(ofAnAge, now) ? ofAnAge : null);
  }

  private static boolean isInForce(@Nullable TokenRevocation revocation, long now) {
    return revocation != null && revocation.keptUntil().toEpochMilli() >= now;
  }

  /** Returns whether a token with these claims is refused at a time. */
  boolean covers(JsonNode claims, long now) {
    return covers(ofAnyAge, claims, now) || covers(ofAnAge, claims, now);
  }

  private static boolean covers(@Nullable TokenRevocation revocation, JsonNode claims, long now) {
    return revocation != null && isInForce(revocation, now) && revocation.covers(claims);
  }

  List<TokenRevocation> all() {
    List<TokenRevocation> all = new ArrayList<>(2);
    if (ofAnyAge != null) {
      all.add(ofAnyAge);
    }
    if (ofAnAge != null) {
      all.add(ofAnAge);
    }
    return all;
  }

  int count() {
    return (ofAnyAge == null ? 0 : 1) + (ofAnAge == null ? 0 : 1);
  }
}
