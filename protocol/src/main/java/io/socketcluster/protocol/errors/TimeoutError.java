// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** No answer came in time. */
public class TimeoutError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "TimeoutError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public TimeoutError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public TimeoutError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  TimeoutError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
