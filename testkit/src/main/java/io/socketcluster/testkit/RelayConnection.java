// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.function.Consumer;

/** The two TCP connections that a relay joins. Thread-safe. */
final class RelayConnection {
  private final Socket near;
  private final Socket far;
  private final Consumer<RelayConnection> onEnd;
  private volatile boolean frozen;

  RelayConnection(Socket near, Socket far, Consumer<RelayConnection> onEnd) throws IOException {
    this.near = near;
    this.far = far;
    this.onEnd = onEnd;
    near.setTcpNoDelay(true);
    far.setTcpNoDelay(true);
  }

  void start(RelayTraffic traffic) {
    new RelayDirection(this, near, far, traffic).start();
    new RelayDirection(this, far, near, traffic).start();
  }

  void freeze() {
    frozen = true;
  }

  boolean isFrozen() {
    return frozen;
  }

  /** An end has closed, or failed: a frozen connection does not tell the other end. */
  void onEndOf() {
    if (!frozen) {
      close();
    }
  }

  void reset() {
    try {
      near.setSoLinger(true, 0);
      far.setSoLinger(true, 0);
    } catch (IOException e) {
      // it has ended already
    }
    close();
  }

  void close() {
    try {
      near.close();
      far.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    onEnd.accept(this);
  }
}
