// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server broke the protocol. */
public class ServerProtocolError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "ServerProtocolError";

  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public ServerProtocolError(String message) {
    this(message, Map.of(), null);
  }

  /** An error with this message and a cause, which stays on this end. */
  public ServerProtocolError(String message, Throwable cause) {
    this(message, Map.of(), cause);
  }

  ServerProtocolError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }
}
