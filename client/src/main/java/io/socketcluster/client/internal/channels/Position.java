// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.channels;

import io.socketcluster.core.ChannelOptions;
import io.socketcluster.protocol.Payload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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

  /**
   * Returns the data of a subscription that recovers.
   *
   * @param data that of the application
   * @param reached where the client is, or null at first
   */
  static Payload asked(ChannelOptions options, @Nullable Payload data, @Nullable Position reached) {
    Map<String, Object> asked = new LinkedHashMap<>();
    if (data != null && data.node() instanceof ObjectNode object) {
      object.properties().forEach(each -> asked.put(each.getKey(), each.getValue()));
    }
    asked.put("recover", true);
    asked.put("last", options.lastMessages());
    if (reached != null) {
      asked.put("epoch", reached.epoch);
      asked.put("offset", reached.offset);
    }
    return Payload.of(asked);
  }
}
