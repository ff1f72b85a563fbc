// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.config;

/** A failure of a command that the user is told in one sentence. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates a failure with the sentence. */
  public CommandFailure(String message) {
    super(message);
  }
}
