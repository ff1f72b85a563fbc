// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** A place where a middleware decides about actions. */
public enum MiddlewareLine {
  /** New connections, before and during the handshake. */
  HANDSHAKE("handshake"),
  /** Every inbound message as it came. */
  INBOUND_RAW("inboundRaw"),
  /** What clients transmit, invoke, subscribe to, publish and authenticate with. */
  INBOUND("inbound"),
  /** Publishes on their way to one socket. */
  OUTBOUND("outbound");

  private final String value;

  MiddlewareLine(String value) {
    this.value = value;
  }

  /** Returns the name that SocketCluster gives this line. */
  public String value() {
    return value;
  }
}
