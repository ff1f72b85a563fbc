// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.internal.cluster.ServedBroker;
import io.socketcluster.server.internal.cluster.ServerCluster;
import io.socketcluster.server.internal.reports.ReadyEvents;
import java.util.concurrent.CompletableFuture;

/** Whether a server takes connections, is ready, or closes. Thread-safe. */
final class ServingState {
  private final ServedBroker broker;
  private final ServerCluster cluster;
  private final ReadyEvents readyEvents;
  private volatile boolean listening;
  private volatile boolean attached;
  private volatile boolean accepting = true;
  private volatile boolean closing;

  ServingState(ServedBroker broker, ServerCluster cluster, ReadyEvents readyEvents) {
    this.broker = broker;
    this.cluster = cluster;
    this.readyEvents = readyEvents;
  }

  /** The server listens on a port: it joins the others, and is ready when its broker is. */
  void listening() {
    listening = true;
    broker.serving(cluster, readyEvents::announce);
  }

  /** The server is part of a pipeline of the application, with the same effect. */
  void attached() {
    if (!attached) {
      attached = true;
      broker.serving(cluster, readyEvents::announce);
    }
  }

  /** The server begins to close. It still accepts connections. */
  void closing() {
    closing = true;
  }

  /** The server accepts no more connections. */
  void refusing() {
    accepting = false;
  }

  boolean isClosing() {
    return closing;
  }

  boolean isAccepting() {
    return accepting;
  }

  boolean isServing() {
    return !closing && (attached || listening);
  }

  boolean isReady() {
    return isServing() && broker.isReady();
  }

  /** Leaves the other servers and the broker. */
  void leave() {
    cluster.leave();
    broker.release();
  }

  /** Closes the broker if the server has created it. */
  CompletableFuture<Void> closeBroker() {
    return broker.closeIfOwn();
  }
}
