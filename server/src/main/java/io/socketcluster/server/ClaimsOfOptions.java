// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.internal.auth.TokenTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds to claims what {@link AuthTokenOptions} say, and refuses a contradiction. */
record ClaimsOfOptions(AuthTokenOptions options, Duration defaultExpiry) {
  void addTo(ObjectNode claims, Instant now) {
    TokenTimes.requireNumbers(claims);
    addTimes(claims, issuedAt(claims, now));
    List<String> audience = options.audience();
    if (!audience.isEmpty()) {
      requireAbsent(claims, "audience", "aud");
      if (audience.size() == 1) {
        claims.put("aud", audience.getFirst());
      } else {
        audience.forEach(claims.putArray("aud")::add);
      }
    }
    add(claims, "issuer", "iss", options.issuer());
    add(claims, "subject", "sub", options.subject());
    add(claims, "jwtid", "jti", options.jwtid());
  }

  /** All times are counted from {@code iat}; without it, or with 0, from now. */
  private static double issuedAt(ObjectNode claims, Instant now) {
    JsonNode given = claims.path("iat");
    return isZero(given) ? now.getEpochSecond() : given.numberValue().doubleValue();
  }

  /** A time that is no number was refused before. */
  private static boolean isZero(JsonNode seconds) {
    return !seconds.isNumber() || seconds.numberValue().doubleValue() == 0;
  }

  private void addTimes(ObjectNode claims, double issuedAt) {
    if (options.noTimestamp()) {
      claims.remove("iat");
    } else if (isZero(claims.path("iat"))) {
      claims.put("iat", (long) issuedAt);
    }
    Duration notBefore = options.notBefore();
    if (notBefore != null) {
      requireAbsent(claims, "notBefore", "nbf");
      claims.put("nbf", after(issuedAt, notBefore, "notBefore"));
    }
    if (!claims.has("exp")) { // a claim wins over the option, as in SocketCluster
      Duration asked = options.expiresIn();
      claims.put("exp", after(issuedAt, asked == null ? defaultExpiry : asked, "expiresIn"));
    }
  }

  private static long after(double issuedAt, Duration duration, String name) {
    double seconds = Math.floor(issuedAt + duration.toSeconds());
    if (Math.abs(seconds) > Instant.MAX.getEpochSecond()) {
      throw new InvalidArgumentsError(name + " is " + duration + ", which is past the end of time");
    }
    return (long) seconds;
  }

  private static void add(ObjectNode claims, String name, String claim, @Nullable String value) {
    if (value != null) {
      requireAbsent(claims, name, claim);
      claims.put(claim, value);
    }
  }

  private static void requireAbsent(ObjectNode claims, String name, String claim) {
    if (claims.has(claim)) {
      throw new InvalidArgumentsError(
          "Bad \"options.%s\" option. The payload already has an \"%s\" property."
              .formatted(name, claim));
    }
  }
}
