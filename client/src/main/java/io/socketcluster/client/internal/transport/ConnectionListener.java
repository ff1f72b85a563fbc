// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import org.jspecify.annotations.Nullable;

/** Is told what happens to a connection, on its event loop. */
public interface ConnectionListener {
  /** The upgrade is complete: messages can be sent. */
  void onOpen();

  /**
   * A message arrived.
   *
   * @param message for the listener to keep
   */
  void onMessage(byte[] message, boolean binary);

  /**
   * The connection has ended, or none came about. Nothing follows.
   *
   * @param code 1005 for a close frame without a code, 1006 without a close frame
   * @param cause what went wrong, if that is known
   */
  void onEnd(int code, @Nullable String reason, @Nullable Throwable cause);
}
