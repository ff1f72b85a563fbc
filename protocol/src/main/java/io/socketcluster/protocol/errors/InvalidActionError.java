// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An action that is not allowed, or not allowed in the current state. */
public class InvalidActionError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "InvalidActionError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public InvalidActionError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public InvalidActionError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  InvalidActionError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
