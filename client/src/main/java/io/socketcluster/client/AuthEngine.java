// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stores the signed token of a socket, so that the next connection is authenticated: the {@code
 * authEngine} option of SocketCluster. It stores tokens; the server's {@code AGAuthEngine} signs
 * them. Methods may block; a socket calls them on a virtual thread, one at a time. An engine shared
 * by several sockets must be thread-safe.
 *
 * <p>A failure is emitted as an {@code error} of the socket and does not end the connection. If a
 * token cannot be loaded, the socket connects without it.
 */
public interface AuthEngine {
  /**
   * Stores a token.
   *
   * @param name the key of the token, the {@code authTokenName} of the socket
   * @param signedAuthToken a secret
   */
  void saveToken(String name, String signedAuthToken) throws IOException;

  /** Forgets a token and returns it; null when there is none. */
  @Nullable String removeToken(String name) throws IOException;

  /** Returns a token; null when there is none. */
  @Nullable String loadToken(String name) throws IOException;
}
