// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthTokenOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

record SessionEngine(AGAuthEngine tokens, Map<String, String> sessions) implements AGAuthEngine {
  @Override
  public @Nullable JsonNode verifyWithoutToken(AGServerSocket socket) {
    String session = socket.request().cookie("session");
    String user = session == null ? null : sessions.get(session);
    return user == null ? null : Payload.of(Map.of("username", user)).node();
  }

  @Override
  public String signToken(ObjectNode claims, AuthTokenOptions options) {
    return tokens.signToken(claims, options);
  }

  @Override
  public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
    return tokens.verifyToken(signedToken, socket);
  }
}
