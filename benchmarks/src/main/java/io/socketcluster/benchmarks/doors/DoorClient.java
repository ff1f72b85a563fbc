// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.doors;

import java.io.IOException;

/** A client at a door, on a virtual thread of its own. */
interface DoorClient {
  /** Connects and subscribes to what is published. */
  void open() throws IOException;

  /** Waits for what comes next; returns how many messages that were. */
  int await() throws IOException;
}
