// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Middleware blocked an action and does not say why. */
public class SilentMiddlewareBlockedError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "SilentMiddlewareBlockedError";

  private static final long serialVersionUID = 1L;

  /**
   * @param type the line of the middleware: the property {@code type}
   */
  public SilentMiddlewareBlockedError(String message, String type) {
    this(message, Map.of("type", type), null);
  }

  SilentMiddlewareBlockedError(
      String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }

  /** The line of the middleware; null if the error does not say. */
  public @Nullable String type() {
    return text("type");
  }
}
