// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.WireErrors;

/** The form in which an error of the application reaches a client. */
final class WireForm {
  private WireForm() {}

  static AGException of(Throwable error) {
    return error instanceof AGException named
        ? named
        : WireErrors.hydrate(WireErrors.dehydrate(error));
  }
}
