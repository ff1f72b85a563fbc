// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import io.socketcluster.protocol.errors.AGException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Signs and verifies tokens. Thread-safe; both may take long and are not for an event loop. */
public interface TokenEngine {
  /**
   * Signs a token.
   *
   * @param claims the claims; {@code iat} and, unless it is there, {@code exp} are added to them
   * @param expiresIn how long the token is valid, or null for the default
   * @throws AGException when the claims cannot be signed
   */
  String sign(ObjectNode claims, @Nullable Duration expiresIn);

  /**
   * Returns the claims of a token.
   *
   * @throws AGException an {@code AuthTokenExpiredError}, {@code AuthTokenNotBeforeError} or {@code
   *     AuthTokenInvalidError}, with the property {@code isBadToken}
   */
  ObjectNode verify(String signedToken);
}
