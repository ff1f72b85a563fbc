// SPDX-License-Identifier: MIT
package io.socketcluster.core;

/**
 * The state of a socket. A server's socket only moves forward; a client's socket connects again.
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

  /** Returns SocketCluster's name of this state. */
  public String value() {
    return value;
  }
}
