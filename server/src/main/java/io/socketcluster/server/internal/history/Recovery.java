// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.protocol.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The request of a subscription to a history: {@code {recover: true, epoch, offset, last}}.
 *
 * @param epoch the life of the history that the offset belongs to, or null without a position
 * @param offset the last message that the client has
 * @param last how many of the newest messages a client without a position wants
 */
public record Recovery(@Nullable String epoch, long offset, int last) {
  /** Creates a request; an epoch without an offset is no position. */
  public Recovery {
    epoch = offset < 0 ? null : epoch;
  }

  /** Wants what is published from now on. */
  public static final Recovery FROM_NOW = new Recovery(null, -1, 0);

  /** Reads the data of a subscription; returns null if it asks nothing. */
  public static @Nullable Recovery of(@Nullable Payload data) {
    if (data == null) {
      return null;
    }
    JsonNode node = data.node();
    if (!node.path("recover").booleanValue(false)) {
      return null;
    }
    int last = Math.max(0, node.path("last").intValue(0));
    return new Recovery(
        node.path("epoch").stringValue(null), node.path("offset").longValue(-1), last);
  }
}
