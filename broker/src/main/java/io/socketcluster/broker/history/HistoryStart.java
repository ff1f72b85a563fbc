// SPDX-License-Identifier: MIT
package io.socketcluster.broker.history;

import org.jspecify.annotations.Nullable;

/**
 * Where to begin to read. Immutable.
 *
 * @param epoch the epoch of the offset, or null to begin with the newest messages
 * @param offset the last message that is known already; -1 without an epoch
 * @param newest how many of the newest messages are wanted without an epoch
 */
public record HistoryStart(@Nullable String epoch, long offset, int newest) {
  /** Begins behind a message. */
  public static HistoryStart after(String epoch, long offset) {
    return new HistoryStart(epoch, offset, 0);
  }

  /** Begins with so many of the newest messages, or at the end if none is wanted. */
  public static HistoryStart newest(int messages) {
    return new HistoryStart(null, -1, messages);
  }
}
