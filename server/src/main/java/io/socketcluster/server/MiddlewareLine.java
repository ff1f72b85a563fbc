// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** A point at which a middleware decides actions. */
public enum MiddlewareLine {
  /** New connections, before and during the handshake. */
  HANDSHAKE("handshake"),
  /** Every inbound message as received. */
  INBOUND_RAW("inboundRaw"),
  /** Transmits, invokes, subscribes, publishes and authentications of clients. */
  INBOUND("inbound"),
  /** Publishes on their way to one socket. */
  OUTBOUND("outbound");

  private final String value;

  MiddlewareLine(String value) {
    this.value = value;
  }

  /** Returns SocketCluster's name of this line. */
  public String value() {
    return value;
  }
}
