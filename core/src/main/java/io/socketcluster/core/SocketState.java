// SPDX-License-Identifier: MIT
package io.socketcluster.core;

/**
 * Where a socket is in its life. A server's socket only moves forward; a client's connects again.
 */
public enum SocketState {
  /** Connected, and in the middle of the handshake. */
  CONNECTING("connecting"),
  /** The handshake is complete. */
  OPEN("open"),
  /** Closed, by either side. */
  CLOSED("closed");

  private final String value;

  SocketState(String value) {
    this.value = value;
  }

  /** Returns the name that SocketCluster gives this state. */
  public String value() {
    return value;
  }
}
