// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process ended. */
public class ProcessExitError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "ProcessExitError";

  private static final long serialVersionUID = 1L;

  /**
   * @param code the exit code of the process: the property {@code code}
   */
  public ProcessExitError(String message, int code) {
    this(message, Map.of("code", code), null);
  }

  ProcessExitError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }

  /** The code; 0 if the error does not say. */
  public int code() {
    return number("code");
  }
}
