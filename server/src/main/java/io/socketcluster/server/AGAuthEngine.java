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
 * Signs and verifies tokens. A server uses a {@link JwtAuthEngine} unless the option {@code
 * authEngine} is set. The engine of a client, its {@code AuthEngine}, stores tokens; both names are
 * those of SocketCluster.
 *
 * <p>Methods may block, for example for a database query. Tokens from clients are verified on
 * virtual threads; tokens of {@code setAuthToken} are signed on the calling thread. An
 * implementation must be thread-safe.
 */
public interface AGAuthEngine {
  /**
   * Signs a token.
   *
   * @param claims a copy for the engine, which may add claims; its final content is the {@code
   *     authToken} of the socket
   * @param options the options of {@code setAuthToken}, in which {@code expiresIn} is always set
   *     (to {@code authDefaultExpiry} by default) unless the claims have an {@code exp}
   * @throws AGException if the claims cannot be signed
   */
  String signToken(ObjectNode claims, AuthTokenOptions options);

  /**
   * Signs a token for a client that is not connected, for example to send it with an HTTP answer.
   *
   * @param claims any value that Jackson writes as an object, with Jackson's own settings: the
   *     server's {@code jsonMapper} is not used
   * @throws AGException if the claims cannot be signed
   */
  default String signToken(Object claims) {
    return signToken(TokenClaims.copyOf(claims, DataMapper.STANDARD), AuthTokenOptions.DEFAULT);
  }

  /**
   * Returns the claims of a token.
   *
   * @param signedToken the token sent by the client, never null
   * @param socket the client's socket, or null if the application itself verifies
   * @throws AGException an {@link AuthTokenExpiredError} or {@link AuthTokenInvalidError}, after
   *     which the client discards the token, or an {@link AuthTokenNotBeforeError}, after which it
   *     keeps the token. The client receives any other exception as an {@code AuthTokenError}, with
   *     the message of an {@code AGException} and without the message of other exceptions
   */
  JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket);

  /**
   * Returns the claims of a client that has sent no token, for example a login by the session
   * cookie of its HTTP request. Called during the handshake, and when a client authenticates
   * without a token. May block.
   *
   * <p>The socket is authenticated with these claims, and has no signed token. An exception leaves
   * the socket unauthenticated and is emitted as an {@code error} of the socket; the client is not
   * told.
   *
   * @param socket the client's socket
   * @return the claims, or null (the default) to leave the client logged out
   */
  default @Nullable JsonNode verifyWithoutToken(AGServerSocket socket) {
    return null;
  }

  /** Returns the claims of a token, for use by the application itself. */
  default JsonNode verifyToken(String signedToken) {
    return verifyToken(signedToken, null);
  }
}
