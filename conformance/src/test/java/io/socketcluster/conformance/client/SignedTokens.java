// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import io.socketcluster.server.AuthKey;
import io.socketcluster.server.JwtAuthEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Tokens as an earlier connection may have brought them. */
final class SignedTokens {
  private static final Duration VALIDITY = Duration.ofDays(3660);

  private SignedTokens() {}

  /** Returns a token that both servers accept. */
  static String of(String username) {
    return signed(CaseServer.AUTH_KEY, username);
  }

  /** Returns a token that no server accepts. */
  static String forged(String username) {
    return signed("the key of somebody else, whom nobody trusts", username);
  }

  private static String signed(String key, String username) {
    long expiry = Instant.now().plus(VALIDITY).getEpochSecond();
    return JwtAuthEngine.of(AuthKey.secret(key))
        .signToken(Map.of("username", username, "exp", expiry));
  }
}
