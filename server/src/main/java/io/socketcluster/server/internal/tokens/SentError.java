// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.AGException;

/** The form in which an error of the application reaches a client. */
public final class SentError {
  private SentError() {}

  public static AGException of(Throwable error) {
    return error instanceof AGException named
        ? named
        : WireErrors.hydrate(WireErrors.dehydrate(error));
  }
}
