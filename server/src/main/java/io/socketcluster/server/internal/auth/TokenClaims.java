// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import tools.jackson.databind.node.ObjectNode;

/** The claims that an application gives. */
public final class TokenClaims {
  private TokenClaims() {}

  /** Returns a copy: the application may share what it gave. */
  public static ObjectNode copyOf(Object claims, DataMapper mapper) {
    if (mapper.write(claims).node() instanceof ObjectNode given) {
      return given.deepCopy();
    }
    throw new InvalidArgumentsError("An auth token has to be an object");
  }
}
