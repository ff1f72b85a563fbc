// SPDX-License-Identifier: MIT
package io.socketcluster.broker.history;

import java.time.Duration;

/**
 * The bounds of a kept history. Immutable.
 *
 * @param size how many messages
 * @param age how long a message is kept; a channel without a publish for so long takes no memory
 *     for messages
 * @param bytes how many bytes; a message counts with {@link #OVERHEAD} besides its data
 */
public record HistoryBounds(int size, Duration age, long bytes) {
  /** The bytes that each message counts besides its data. */
  public static final int OVERHEAD = 100;
}
