// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the ids of sockets: 15 random bytes as 20 URL-safe characters. Thread-safe. */
public final class SocketIds {
  private static final int BYTES = 15;
  private static final SecureRandom RANDOM = new SecureRandom();

  private SocketIds() {}

  /** Returns a new id. */
  public static String next() {
    byte[] id = new byte[BYTES];
    RANDOM.nextBytes(id);
    return Base64.getUrlEncoder().encodeToString(id);
  }
}
