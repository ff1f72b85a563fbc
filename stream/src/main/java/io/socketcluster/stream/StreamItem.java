// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import org.jspecify.annotations.Nullable;

/**
 * An item that a consumer takes from a stream: a value, or the end.
 *
 * <p>Items are immutable and thread-safe, as far as their value is.
 *
 * @param <T> the type of the values
 */
public sealed interface StreamItem<T> {

  /**
   * A value that was written to the stream.
   *
   * @param value the value
   * @param <T> the type of the value
   */
  record Value<T>(T value) implements StreamItem<T> {}

  /**
   * The end: the stream or this consumer was closed or killed, or left the stream by itself.
   *
   * @param value the value given to close or kill, or null if there was none
   * @param <T> the type of the value
   */
  record End<T>(@Nullable T value) implements StreamItem<T> {}
}
