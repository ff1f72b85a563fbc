// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

/**
 * How much memory may be kept.
 *
 * @param socketBytes for one connection
 * @param serverBytes for all connections of the server together
 */
public record MemoryLimits(long socketBytes, long serverBytes) {
  /** Returns how much of that of a connection may be taken by what is kept for long. */
  long lastingBytes() {
    return socketBytes / 4 * 3;
  }

  /** Returns from where on buffers are kept small, before anybody has to be closed. */
  long tightBytes() {
    return serverBytes / 4 * 3;
  }

  /** Returns to where those that hold the most are closed once the bound is reached. */
  long relievedBytes() {
    return serverBytes / 8 * 7;
  }
}
