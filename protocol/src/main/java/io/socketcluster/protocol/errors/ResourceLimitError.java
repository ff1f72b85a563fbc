// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A limit, such as the number of channels of a socket, is reached. */
public class ResourceLimitError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "ResourceLimitError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public ResourceLimitError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public ResourceLimitError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  ResourceLimitError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
