// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The broker failed. */
public class BrokerError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "BrokerError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public BrokerError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public BrokerError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  BrokerError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
