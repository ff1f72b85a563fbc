// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.AuthTokenInvalidError;
import io.socketcluster.protocol.errors.AuthTokenNotBeforeError;
import io.socketcluster.server.internal.auth.TokenClaims;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs and verifies tokens. {@link JwtAuthEngine} is the one that a server has unless the option
 * {@code authEngine} gives it another.
 *
 * <p>Both methods may block, to ask a database for example: tokens that clients send are verified
 * on virtual threads, those of {@code setAuthToken} are signed on the thread that calls it. An
 * implementation must be thread-safe.
 */
public interface AGAuthEngine {
  /**
   * Signs a token.
   *
   * @param claims a copy for the engine, which may add to it: what it holds afterwards is the
   *     {@code authToken} of the socket
   * @param options of {@code setAuthToken}; there {@code expiresIn} is always set, to {@code
   *     authDefaultExpiry} if the caller gave none, unless the claims have an {@code exp}
   * @throws AGException when the claims cannot be signed
   */
  String signToken(ObjectNode claims, AuthTokenOptions options);

  /**
   * Signs a token for a client that is not connected, to be sent with an HTTP answer for example.
   *
   * @param claims anything that Jackson writes as an object, with its own settings: the server's
   *     {@code jsonMapper} is not known here
   * @throws AGException when the claims cannot be signed
   */
  default String signToken(Object claims) {
    return signToken(TokenClaims.copyOf(claims, DataMapper.STANDARD), AuthTokenOptions.DEFAULT);
  }

  /**
   * Returns the claims of a token.
   *
   * @param signedToken what the client sent, never null
   * @param socket the socket of the client, or null when the application asks for itself
   * @throws AGException an {@link AuthTokenExpiredError} or {@link AuthTokenInvalidError}, after
   *     which the client forgets the token; an {@link AuthTokenNotBeforeError}, after which it
   *     keeps it. The client learns of any other as an {@code AuthTokenError}, with the message of
   *     an {@code AGException} and none of an exception of another class
   */
  JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket);

  /**
   * Returns the claims of a client that has sent no token: a login by the session cookie of its
   * HTTP request, for example. The server asks in the handshake and when a client authenticates
   * without a token. May block.
   *
   * <p>The socket is authenticated with these claims, and has no signed token. What this throws
   * leaves the socket unauthenticated and is an error of the socket; its client is not told.
   *
   * @param socket the socket of the client
   * @return the claims; or null, the default, when the client is not to be logged in
   */
  default @Nullable JsonNode verifyWithoutToken(AGServerSocket socket) {
    return null;
  }

  /** Returns the claims of a token, for the application itself. */
  default JsonNode verifyToken(String signedToken) {
    return verifyToken(signedToken, null);
  }
}
