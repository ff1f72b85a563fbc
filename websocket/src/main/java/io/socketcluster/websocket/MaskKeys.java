// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import java.security.SecureRandom;

/**
 * Masking keys that nobody who chooses a payload can predict (RFC 6455, 10.3). Drawing a few at a
 * time makes a key cheap. Not thread-safe.
 */
final class MaskKeys {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DRAWN = 16 * Integer.BYTES;

  private final byte[] drawn = new byte[DRAWN];
  private int next = DRAWN;

  int next() {
    if (next == DRAWN) {
      RANDOM.nextBytes(drawn);
      next = 0;
    }
    int key = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      key = (key << Byte.SIZE) | (drawn[next] & 0xFF);
      drawn[next++] = 0;
    }
    return key;
  }
}
