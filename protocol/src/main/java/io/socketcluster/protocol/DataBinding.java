// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Turns the data of packets into one type. Immutable and thread-safe; {@link DataMapper#binding}
 * keeps one for each type.
 *
 * @param <T> the type
 */
public final class DataBinding<T> {
  private static final Payload NULL = Payload.of(null);

  private final DataMapper mapper;
  private final JavaType type;

  DataBinding(DataMapper mapper, JavaType type) {
    this.mapper = mapper;
    this.type = type;
  }

  /** Returns the mapper that reads the data. */
  public DataMapper mapper() {
    return mapper;
  }

  /**
   * Binds data; a {@link JsonNode} for absent data is a {@code MissingNode}, and a {@link Payload}
   * is JSON's {@code null}.
   *
   * @throws InvalidArgumentsError if the data is absent, null or of another form than the type
   * @throws IllegalArgumentException if the type turns out to be one that cannot be made
   */
  @SuppressWarnings("unchecked") // the raw class says what T is
  public T bind(@Nullable Payload data) {
    if (type.hasRawClass(JsonNode.class)) {
      return (T) (data == null ? MissingNode.getInstance() : data.node());
    }
    if (type.hasRawClass(Payload.class)) {
      return (T) (data == null ? NULL : data);
    }
    T value = data == null ? null : mapper.read(data, type);
    if (value == null) {
      throw new InvalidArgumentsError(
          "Data of type " + type.getRawClass().getSimpleName() + " was expected");
    }
    return value;
  }
}
