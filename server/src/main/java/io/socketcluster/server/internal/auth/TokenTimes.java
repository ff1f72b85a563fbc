// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks when a token is valid (RFC 7519, 4.1.4 and 4.1.5); there is no leeway. */
public final class TokenTimes {
  private TokenTimes() {}

  /** Refuses to sign what {@link #check} would refuse as no number. */
  public static void requireNumbers(JsonNode claims) {
    for (String name : List.of("iat", "exp", "nbf")) {
      JsonNode claim = claims.get(name);
      if (claim != null && !claim.isNumber()) {
        throw new InvalidArgumentsError("\"" + name + "\" should be a number of seconds");
      }
    }
  }

  static void check(JsonNode claims, Instant now) {
    JsonNode notBefore = claims.get("nbf");
    if (notBefore != null && secondsOf(notBefore, "nbf") > now.getEpochSecond()) {
      throw TokenErrors.notBefore(instantOf(notBefore));
    }
    JsonNode expiry = claims.get("exp");
    if (expiry != null && secondsOf(expiry, "exp") <= now.getEpochSecond()) {
      throw TokenErrors.expired(instantOf(expiry));
    }
  }

  private static double secondsOf(JsonNode claim, String name) {
    if (!claim.isNumber()) {
      throw TokenErrors.invalid("invalid " + name + " value");
    }
    return numberOf(claim);
  }

  /** The number as JavaScript has it: infinite when it is too large, where a node would throw. */
  private static double numberOf(JsonNode claim) {
    return claim.numberValue().doubleValue();
  }

  private static Instant instantOf(JsonNode claim) {
    double millis = Math.clamp(numberOf(claim) * 1000, -8.64e15, 8.64e15); // a Date's range
    return Instant.ofEpochMilli((long) millis);
  }
}
