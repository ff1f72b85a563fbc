// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something failed that the other end does not tell about. */
@SuppressWarnings("AvoidCommonTypeNames") // the name that SocketCluster gave it
public class UnknownError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "UnknownError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public UnknownError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public UnknownError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  UnknownError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
