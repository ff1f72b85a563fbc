// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An option has a value that it must not have. */
public class InvalidOptionsError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "InvalidOptionsError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public InvalidOptionsError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public InvalidOptionsError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  InvalidOptionsError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
