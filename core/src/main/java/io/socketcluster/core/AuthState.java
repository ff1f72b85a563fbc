// SPDX-License-Identifier: MIT
package io.socketcluster.core;

/** Whether a socket has a valid auth token. */
public enum AuthState {
  /** The socket has a token. */
  AUTHENTICATED("authenticated"),
  /** The socket has no token. */
  UNAUTHENTICATED("unauthenticated");

  private final String value;

  AuthState(String value) {
    this.value = value;
  }

  /** Returns SocketCluster's name of this state. */
  public String value() {
    return value;
  }
}
