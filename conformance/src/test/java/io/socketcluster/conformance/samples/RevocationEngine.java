// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AuthTokenInvalidError;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthTokenOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

record RevocationEngine(AGAuthEngine tokens, Set<String> revoked) implements AGAuthEngine {
  @Override
  public String signToken(ObjectNode claims, AuthTokenOptions options) {
    return tokens.signToken(claims, options);
  }

  @Override
  public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
    JsonNode claims = tokens.verifyToken(signedToken, socket);
    if (revoked.contains(claims.path("jti").stringValue(""))) {
      throw new AuthTokenInvalidError("revoked");
    }
    return claims;
  }
}
