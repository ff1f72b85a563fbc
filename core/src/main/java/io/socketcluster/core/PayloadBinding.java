// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Turns the data of a packet into what a consumer asked for. Stateless. */
public final class PayloadBinding {
  private PayloadBinding() {}

  /**
   * Binds {@code data}; a {@link JsonNode} for absent data is a {@code MissingNode}.
   *
   * @throws InvalidArgumentsError when the data is absent, null or of another shape than the type
   */
  public static <T> T bind(@Nullable Payload data, Class<T> type) {
    if (type == JsonNode.class) {
      return type.cast(data == null ? MissingNode.getInstance() : data.node());
    }
    if (type == Payload.class && data != null) {
      return type.cast(data);
    }
    T value = data == null ? null : data.as(type);
    if (value == null) {
      throw new InvalidArgumentsError("Data of type " + type.getSimpleName() + " was expected");
    }
    return value;
  }

  /** The reverse: null and a {@code MissingNode} are absent data. */
  public static @Nullable Payload of(@Nullable Object value) {
    if (value == null || value instanceof MissingNode) {
      return null;
    }
    return value instanceof Payload payload ? payload : Payload.of(value);
  }
}
