// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.load;

import java.io.IOException;

/** A client of a load, on a virtual thread of its own. */
public interface LoadClient {
  /** Connects and subscribes to what is published. */
  void open() throws IOException;

  /** Waits for what comes next; returns how many messages that were. */
  int await() throws IOException;

  /** Connects a client to a server. */
  @FunctionalInterface
  interface Factory {
    LoadClient client(int port) throws IOException;
  }
}
