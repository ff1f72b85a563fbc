// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import org.jspecify.annotations.Nullable;

/**
 * The stream ended while a caller waited for one value.
 *
 * <p>An exception is read by the thread that catches it; it is not meant to be shared.
 */
public final class StreamEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object value;

  /**
   * Creates the exception.
   *
   * @param value the value given to close or kill, or null if there was none
   */
  public StreamEndedException(@Nullable Object value) {
    super("The stream ended before a value was written to it");
    this.value = value;
  }

  /**
   * Returns the value the stream was closed or killed with.
   *
   * @return the value, or null if there was none
   */
  public @Nullable Object value() {
    return value;
  }
}
