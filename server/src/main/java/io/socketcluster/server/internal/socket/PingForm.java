// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.server.ProtocolVersion;

/** The pings there are, and what is answered to them. */
enum PingForm {
  /** Clients of version 2. */
  EMPTY(ProtocolVersion.V2, "", ""),

  /** Clients of version 1, from 3.0 on. */
  HASH(ProtocolVersion.V1, "#1", "#2"),

  /** Clients 2.x. */
  DIGIT(ProtocolVersion.V1, "1", "2");

  private final ProtocolVersion version;
  private final String ping;
  private final String pong;

  PingForm(ProtocolVersion version, String ping, String pong) {
    this.version = version;
    this.ping = ping;
    this.pong = pong;
  }

  ProtocolVersion version() {
    return version;
  }

  String ping() {
    return ping;
  }

  String pong() {
    return pong;
  }
}
