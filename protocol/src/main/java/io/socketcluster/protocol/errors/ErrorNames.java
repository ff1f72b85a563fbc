// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which class an error of a name is of. */
final class ErrorNames {
  private static final Map<String, Factory> FACTORIES =
      Map.ofEntries(
          Map.entry(AuthTokenExpiredError.NAME, AuthTokenExpiredError::new),
          Map.entry(AuthTokenInvalidError.NAME, AuthTokenInvalidError::new),
          Map.entry(AuthTokenNotBeforeError.NAME, AuthTokenNotBeforeError::new),
          Map.entry(AuthTokenError.NAME, AuthTokenError::new),
          Map.entry(AuthError.NAME, AuthError::new),
          Map.entry(SilentMiddlewareBlockedError.NAME, SilentMiddlewareBlockedError::new),
          Map.entry(InvalidActionError.NAME, InvalidActionError::new),
          Map.entry(InvalidArgumentsError.NAME, InvalidArgumentsError::new),
          Map.entry(InvalidOptionsError.NAME, InvalidOptionsError::new),
          Map.entry(InvalidMessageError.NAME, InvalidMessageError::new),
          Map.entry(SocketProtocolError.NAME, SocketProtocolError::new),
          Map.entry(ServerProtocolError.NAME, ServerProtocolError::new),
          Map.entry(HTTPServerError.NAME, HTTPServerError::new),
          Map.entry(ResourceLimitError.NAME, ResourceLimitError::new),
          Map.entry(TimeoutError.NAME, TimeoutError::new),
          Map.entry(BadConnectionError.NAME, BadConnectionError::new),
          Map.entry(BrokerError.NAME, BrokerError::new),
          Map.entry(ProcessExitError.NAME, ProcessExitError::new),
          Map.entry(UnknownError.NAME, UnknownError::new));

  private ErrorNames() {}

  static AGException create(
      String name, String message, Map<String, ?> properties, @Nullable Throwable cause) {
    Factory factory = FACTORIES.get(name);
    return factory == null
        ? new AGException(name, message, properties, cause)
        : factory.create(message, properties, cause);
  }

  @FunctionalInterface
  private interface Factory {
    AGException create(String message, Map<String, ?> properties, @Nullable Throwable cause);
  }
}
