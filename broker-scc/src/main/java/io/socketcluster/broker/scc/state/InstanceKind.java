// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import org.jspecify.annotations.Nullable;

/** The kinds of instances that a cluster has. */
enum InstanceKind {
  BROKER("scc-broker", "sccBroker", "sccBrokerURIs", 1_000),
  WORKER("scc-worker", "sccWorker", "sccWorkerURIs", 10_000);

  private final String type;
  private final String prefix;
  private final String listName;
  private final int most;

  InstanceKind(String type, String prefix, String listName, int most) {
    this.type = type;
    this.prefix = prefix;
    this.listName = listName;
    this.most = most;
  }

  /** Returns the kind with this {@code instanceType}, or null. */
  static @Nullable InstanceKind of(@Nullable String type) {
    for (InstanceKind kind : values()) {
      if (kind.type.equals(type)) {
        return kind;
      }
    }
    return null;
  }

  /** Returns the procedure, and the news, that one has joined. */
  String join() {
    return prefix + "JoinCluster";
  }

  /** Returns the procedure, and the news, that one has left. */
  String leave() {
    return prefix + "LeaveCluster";
  }

  String listName() {
    return listName;
  }

  /** Returns how many may be members at once. */
  int most() {
    return most;
  }
}
