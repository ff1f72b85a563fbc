// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryPosition;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message that a script has kept and published: {@code #EPOCH OFFSET PREVIOUS DATA}. Immutable.
 */
record Numbered(ClusterMessage message, HistoryPosition position) {
  private static final byte FIRST = '#';
  private static final int NUMBERS = 3;
  private static final int LONGEST_HEAD = 128;

  static boolean isOne(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == FIRST;
  }

  /** Returns the message in bytes, or null if there is none. */
  static @Nullable Numbered of(String channel, byte[] bytes) {
    int end = endOfHead(bytes);
    if (end < 0) {
      return null;
    }
    ClusterMessage message =
        ClusterMessage.ofData(channel, Arrays.copyOfRange(bytes, end + 1, bytes.length));
    HistoryPosition position = position(new String(bytes, 1, end - 1, US_ASCII));
    return message == null || position == null ? null : new Numbered(message, position);
  }

  private static int endOfHead(byte[] bytes) {
    int spaces = 0;
    for (int i = 1; i < Math.min(bytes.length, LONGEST_HEAD); i++) {
      if (bytes[i] == ' ' && ++spaces == NUMBERS) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable HistoryPosition position(String head) {
    String[] parts = head.split(" ", -1);
    try {
      return new HistoryPosition(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
