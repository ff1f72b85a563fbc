// SPDX-License-Identifier: MIT
package io.socketcluster.store;

import io.socketcluster.protocol.errors.AGException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store cannot be reached, or has data that it does not understand. */
public final class StoreError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "StoreError";

  private static final long serialVersionUID = 1L;

  /** Creates an error with this message and a cause, which stays in this process. */
  public StoreError(String message, @Nullable Throwable cause) {
    super(NAME, message, Map.of(), cause);
  }
}
