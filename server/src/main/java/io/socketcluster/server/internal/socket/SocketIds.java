// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the ids of sockets: 15 random bytes as 20 URL-safe characters. Thread-safe. */
final class SocketIds {
  private static final int BYTES = 15;
  private static final SecureRandom RANDOM = new SecureRandom();

  private SocketIds() {}

  static String next() {
    byte[] id = new byte[BYTES];
    RANDOM.nextBytes(id);
    return Base64.getUrlEncoder().encodeToString(id);
  }
}
