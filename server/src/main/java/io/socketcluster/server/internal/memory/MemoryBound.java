// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

/** Which bound of memory was reached. */
public enum MemoryBound {
  /** One connection holds more than a single one may. */
  SOCKET,
  /** All connections together hold more than the server may, and this one holds the most. */
  SERVER
}
