// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.channels;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place in the history of a channel.
 *
 * @param at when the client was there
 */
record Position(String epoch, long offset, Instant at) {
  /** Returns the position of a message, or null if it has none. */
  static @Nullable Position of(JsonNode message) {
    String epoch = message.path("epoch").stringValue(null);
    long offset = message.path("offset").longValue(-1);
    return epoch == null || offset < 0 ? null : new Position(epoch, offset, Instant.now());
  }

  /** Returns whether a client that is here has had a message with that position. */
  boolean isAtOrBehind(Position other) {
    return epoch.equals(other.epoch) && offset >= other.offset;
  }

  /** Returns whether there are messages between a client that is here and that position. */
  boolean isBefore(Position other) {
    return epoch.equals(other.epoch) && other.offset > offset + 1;
  }

  /** Adds this to the data of a subscription. */
  void addTo(Map<String, Object> asked) {
    asked.put("epoch", epoch);
    asked.put("offset", offset);
  }
}
