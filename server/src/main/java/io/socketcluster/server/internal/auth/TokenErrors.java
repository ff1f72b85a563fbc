// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenError;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.AuthTokenInvalidError;
import io.socketcluster.protocol.errors.AuthTokenNotBeforeError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Why a token is refused, as SocketCluster tells its clients. */
public final class TokenErrors {
  private static final String BAD_TOKEN = "isBadToken";

  /** Milliseconds always, as JavaScript writes a Date. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private TokenErrors() {}

  /** Returns the error for what is no string, or fails in a way without a name of its own. */
  public static AGException unusable(String message) {
    return new AuthTokenError(message).withProperty(BAD_TOKEN, true);
  }

  /** Returns the error for no token where one is needed. */
  public static AGException missing() {
    return invalid("jwt must be provided");
  }

  /** Returns the error for a token that was revoked before it expired. */
  public static AGException revoked() {
    return invalid("jwt revoked");
  }

  /** Returns whether the client has to forget the token. */
  public static boolean isBadToken(AGException error) {
    return Boolean.TRUE.equals(error.properties().get(BAD_TOKEN));
  }

  /** Returns the error for a token that is not what it should be. */
  public static AGException invalid(String message) {
    return new AuthTokenInvalidError(message).withProperty(BAD_TOKEN, true);
  }

  /**
   * Returns what the client is told of the error of an engine: which token is bad does not depend
   * on who wrote the engine.
   */
  public static AGException of(Throwable error) {
    return switch (error) {
      case AuthTokenExpiredError expired -> expired.withProperty(BAD_TOKEN, true);
      case AuthTokenInvalidError invalid -> invalid.withProperty(BAD_TOKEN, true);
      case AuthTokenNotBeforeError early -> early.withProperty(BAD_TOKEN, false);
      case AGException deliberate -> unusable(deliberate.getMessage());
      default ->
          new AuthTokenError("The token could not be verified", error)
              .withProperty(BAD_TOKEN, true);
    };
  }

  /** Returns whether an engine failed, which says nothing about the token. */
  public static boolean isFaultOfEngine(AGException error) {
    return error.name().equals(AuthTokenError.NAME) && error.getCause() != null;
  }

  static AGException expired(Instant expiry) {
    return new AuthTokenExpiredError("jwt expired", expiry)
        .withProperty("expiry", DATE.format(expiry))
        .withProperty(BAD_TOKEN, true);
  }

  static AGException notBefore(Instant date) {
    return new AuthTokenNotBeforeError("jwt not active", date)
        .withProperty("date", DATE.format(date))
        .withProperty(BAD_TOKEN, false);
  }
}
