// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

/** An end of a connection. A client masks its frames, a server does not (RFC 6455, 5.1). */
public enum Role {
  CLIENT,
  SERVER;

  /** Returns whether this end masks the frames that it sends. */
  boolean masks() {
    return this == CLIENT;
  }

  /** Returns the other end. */
  Role peer() {
    return this == CLIENT ? SERVER : CLIENT;
  }
}
