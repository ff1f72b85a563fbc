// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import io.socketcluster.protocol.errors.AGException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A token that a client sent, or none, and what its check has found: claims, or an error, or
 * nothing when there was no token.
 */
public record CheckedToken(
    @Nullable String signed, @Nullable JsonNode claims, @Nullable AGException error) {
  public static final CheckedToken NONE = new CheckedToken(null, null, null);

  /** An engine may return what stands for nothing in JSON. */
  public CheckedToken {
    if (claims != null && (claims.isNull() || claims.isMissingNode())) {
      claims = null;
    }
  }

  /** Returns whether the client is nobody and has not tried to be anybody. */
  public boolean isNothing() {
    return claims == null && error == null;
  }
}
