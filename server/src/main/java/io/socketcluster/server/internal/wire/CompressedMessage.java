// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * A message as it came: some bytes that can become a thousand times as many. Its receiver inflates
 * it when there is time and room. Event loop only.
 */
public interface CompressedMessage {
  /** Returns how many bytes came. */
  int size();

  /** Returns whether the message is binary. */
  boolean isBinary();

  /** Returns the message, or null when it breaks a rule: then the connection closes. */
  byte @Nullable [] inflate();
}
