// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

/**
 * Where the shared store of a machine is.
 *
 * @param port on the loopback address
 * @param authKey what its server asks for
 */
public record StoreAddress(int port, String authKey) {
  static final String LOOPBACK = "127.0.0.1";

  /** Without the key, which is a secret. */
  @Override
  public String toString() {
    return LOOPBACK + ":" + port;
  }
}
