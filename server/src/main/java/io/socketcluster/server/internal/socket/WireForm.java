// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.AGException;

/** The form in which an error of the application reaches a client. */
final class WireForm {
  private WireForm() {}

  static AGException of(Throwable error) {
    return error instanceof AGException named
        ? named
        : WireErrors.hydrate(WireErrors.dehydrate(error));
  }
}
