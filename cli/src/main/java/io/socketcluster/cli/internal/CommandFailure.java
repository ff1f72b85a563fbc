// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

/** A failure of a command that the user is told in one sentence. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
