// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the signed token of a socket, so that the next connection is authenticated: the {@code
 * authEngine} option of SocketCluster. Methods may block; a socket calls them on a virtual thread,
 * one after the other. An engine that several sockets share must be thread-safe.
 *
 * <p>A failure shows as an {@code error} of the socket and does not end the connection: when a
 * token cannot be loaded, the socket connects without.
 */
public interface AuthEngine {
  /**
   * Keeps a token.
   *
   * @param name what the token is kept under, the {@code authTokenName} of the socket
   * @param signedAuthToken a secret
   */
  void saveToken(String name, String signedAuthToken) throws IOException;

  /** Forgets a token and returns it; null when there is none. */
  @Nullable String removeToken(String name) throws IOException;

  /** Returns a token; null when there is none. */
  @Nullable String loadToken(String name) throws IOException;
}
