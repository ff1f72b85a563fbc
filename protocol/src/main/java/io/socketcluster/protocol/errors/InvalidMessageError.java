// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message cannot be read. */
public class InvalidMessageError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "InvalidMessageError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public InvalidMessageError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public InvalidMessageError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  InvalidMessageError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
