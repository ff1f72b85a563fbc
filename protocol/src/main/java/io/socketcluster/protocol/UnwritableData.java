// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import io.socketcluster.protocol.errors.InvalidArgumentsError;

/** A value that this end cannot write: the other end is not to blame for it. */
final class UnwritableData extends InvalidArgumentsError {
  private static final long serialVersionUID = 1L;

  UnwritableData(String message, Throwable cause) {
    super(message, cause);
  }
}
