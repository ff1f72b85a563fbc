// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A value as a tree that nobody else has.
 *
 * @param node is never changed
 */
record Copied(JsonNode node) {
  /**
   * Copies a value.
   *
   * @throws InvalidArgumentsError if it has no JSON form
   */
  static Copied of(@Nullable Object value) {
    return switch (value) {
      case Copied copied -> copied;
      case Payload payload -> new Copied(payload.node().deepCopy());
      case null, default -> new Copied(Payload.of(value).node());
    };
  }

  /** Copies a result, of which null is none. */
  static JsonNode result(@Nullable Object value) {
    return value == null || value instanceof MissingNode
        ? MissingNode.getInstance()
        : of(value).node();
  }
}
