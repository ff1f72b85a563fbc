// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import java.io.IOException;
import java.io.Serial;

/** A server answered an upgrade with something else than agreeing to it. */
public final class RefusedUpgradeException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates a refusal.
   *
   * @param answer status and text of the answer
   */
  public RefusedUpgradeException(String answer) {
    super("The server refused the upgrade: " + answer);
  }
}
