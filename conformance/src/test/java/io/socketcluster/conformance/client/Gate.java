// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import java.util.UUID;

/**
 * Holds what a client asks a server for until it is opened, so that a test decides what happens
 * first. Both servers know gates.
 */
final class Gate {
  private final String heldActions;
  private final String name = UUID.randomUUID().toString();

  private Gate(String heldActions) {
    this.heldActions = heldActions;
  }

  /** Holds handshakes. */
  static Gate ofHandshakes() {
    return new Gate("handshakeSC");
  }

  /** Holds every {@code authenticate}. */
  static Gate ofAuthentications() {
    return new Gate("authenticate");
  }

  /** Holds subscriptions. */
  static Gate ofSubscriptions() {
    return new Gate("subscribe");
  }

  /** Puts the gate before the server of a client. */
  AGClientOptions.Builder hold(AGClientOptions.Builder options) {
    return options.query("hold", heldActions).query("gate", name);
  }

  /** Lets pass what waits and what comes, through another client. */
  void open(AGClientSocket other) throws InterruptedException {
    other.call("openGate", name);
  }
}
