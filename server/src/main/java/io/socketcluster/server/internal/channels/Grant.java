// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is known of a subscription that a token was there for.
 *
 * @param waitsForAuth whether the client wants it while it is logged in, and again then
 * @param data what its middleware was shown, if that may be needed again
 * @param told what its events told, if that may be told again
 */
public record Grant(boolean waitsForAuth, @Nullable Payload data, @Nullable Payload told) {
  public static final Grant PLAIN = new Grant(false, null, null);

  public static Grant of(boolean waitsForAuth, @Nullable Payload data, JsonNode told) {
    return new Grant(waitsForAuth, data == null ? null : data.compact(), Payload.of(told));
  }

  public JsonNode options() {
    return told == null
        ? JsonNodeFactory.instance.objectNode()
        : Objects.requireNonNull(told.as(JsonNode.class)); // anew: a tree is much larger
  }

  public long heldBytes() {
    if (told == null) {
      return 0; // there is one of it
    }
    Footprint footprint = new Footprint();
    footprint.add(data);
    footprint.add(told);
    return footprint.bytes();
  }
}
