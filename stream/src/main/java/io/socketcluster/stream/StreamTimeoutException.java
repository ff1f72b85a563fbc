// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.time.Duration;

/**
 * No item arrived in time.
 *
 * <p>An exception is read by the thread that catches it; it is not meant to be shared.
 */
public final class StreamTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param timeout how long the consumer waited
   */
  public StreamTimeoutException(Duration timeout) {
    super("No item was written to the stream within " + timeout.toMillis() + " ms");
  }
}
