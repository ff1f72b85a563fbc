// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that was passed in does not have the form it must have. */
public class InvalidArgumentsError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "InvalidArgumentsError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public InvalidArgumentsError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public InvalidArgumentsError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  InvalidArgumentsError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
