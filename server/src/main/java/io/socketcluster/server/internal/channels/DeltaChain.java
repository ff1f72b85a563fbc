// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

/**
 * The messages of a channel that one socket was sent for certain: all from one version through
 * another. A difference makes sense to it if the value that it belongs to is among them. Event loop
 * only.
 */
final class DeltaChain {
  private static final long NONE = Long.MAX_VALUE;

  private long since = NONE;
  private long through;

  /** Returns whether the socket has a value, and everything between it and the next message. */
  boolean has(long base, long next) {
    return base >= since && next == through + 1;
  }

  /**
   * Returns whether a socket that is sent some messages has all values that their differences
   * belong to.
   *
   * @param base the earliest version among those values
   * @param next the version of the first message
   */
  boolean hasAll(long base, long next) {
    return since != NONE && has(base, next);
  }

  /** The socket is sent messages through this version, none of which will be dropped. */
  void extendTo(long version) {
    through = version;
  }

  /** The socket is sent a message, which nothing will drop. */
  void extend(long version) {
    if (since == NONE || version != through + 1) {
      since = version;
    }
    through = version;
  }

  /** A message may be dropped, or was. */
  void end() {
    since = NONE;
  }
}
