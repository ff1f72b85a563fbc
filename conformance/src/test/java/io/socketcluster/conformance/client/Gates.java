// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import io.socketcluster.server.AGAction;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a test decide how long the server takes. A client that connects with the query {@code
 * hold=<type of action>&gate=<name>} has actions of that type held until the gate is opened.
 */
final class Gates {
  private final Map<String, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();

  void open(String name) {
    gate(name).complete(null);
  }

  void openAll() {
    gates.keySet().forEach(this::open);
  }

  void pass(AGAction action) {
    String gate = action.request().query("gate");
    if (gate != null && action.type().value().equals(action.request().query("hold"))) {
      gate(gate).thenRun(action::allow);
    } else {
      action.allow();
    }
  }

  private CompletableFuture<Void> gate(String name) {
    return gates.computeIfAbsent(name, key -> new CompletableFuture<>());
  }
}
