// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.http.api.HttpApiOptions;
import io.socketcluster.http.api.HttpApiOptions.ApiKey;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.HttpRequest;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds out who has sent a request, by a key or a token. Thread-safe. */
final class Callers {
  private static final String BEARER = "Bearer ";
  private static final String KEY_NAME = "key ";
  private static final String TOKEN_NAME = "token ";

  private final Map<Caller, byte[]> byDigest = new LinkedHashMap<>();
  private final @Nullable AGAuthEngine tokens;

  Callers(HttpApiOptions options) {
    options.apiKeys().forEach(this::add);
    tokens = options.tokenEngine();
  }

  private void add(String name, ApiKey key) {
    byDigest.put(
        new Caller(KEY_NAME + name, key.scopes()), Digests.of(key.secret().getBytes(UTF_8)));
  }

  /** Returns who has sent a request; refuses a request of nobody known. */
  Caller of(HttpRequest request) throws ApiError {
    String header = request.header("authorization");
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw unknown("A key or a token is missing");
    }
    String sent = header.substring(BEARER.length()).strip();
    Caller caller = byKey(sent);
    if (caller == null) {
      caller = byToken(sent);
    }
    return caller;
  }

  /** Takes the same time for all keys, and compares digests: the time tells nothing of a secret. */
  private @Nullable Caller byKey(String sent) {
    byte[] digest = Digests.of(sent.getBytes(UTF_8));
    Caller found = null;
    for (Map.Entry<Caller, byte[]> each : byDigest.entrySet()) {
      if (MessageDigest.isEqual(digest, each.getValue())) {
        found = each.getKey();
      }
    }
    return found;
  }

  private Caller byToken(String sent) throws ApiError {
    AGAuthEngine engine = tokens;
    if (engine == null) {
      throw unknown("The key is unknown");
    }
    JsonNode claims;
    try {
      claims = engine.verifyToken(sent);
    } catch (RuntimeException e) {
      throw unknown("The key is unknown, or the token is not valid");
    }
    String name = claims.path("sub").stringValue("");
    if (name.isBlank()) {
      throw unknown("The token names no caller: sub is missing");
    }
    String scopes = claims.path("scope").stringValue("");
    return new Caller(TOKEN_NAME + name, List.of(scopes.split(" ")));
  }

  private static ApiError unknown(String message) {
    return new ApiError(401, "UnauthorizedError", message);
  }
}
