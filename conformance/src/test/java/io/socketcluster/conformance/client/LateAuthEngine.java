// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthTokenOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Has tokens signed and verified by another thread, as by somebody who answers later. */
record LateAuthEngine(AGAuthEngine engine) implements AGAuthEngine {
  @Override
  public String signToken(ObjectNode claims, AuthTokenOptions options) {
    return elsewhere(() -> engine.signToken(claims, options));
  }

  @Override
  public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
    return elsewhere(() -> engine.verifyToken(signedToken, socket));
  }

  private static <T> T elsewhere(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, Thread::startVirtualThread).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
