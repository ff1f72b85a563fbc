// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A message of a history, or a gap in it.
 *
 * @param at when it was kept, on the clock of the history
 * @param data what was published, or null if there was none
 */
public record Kept(long offset, long at, @Nullable Payload data) {
  /** The memory of a message besides its data. */
  static final int OVERHEAD = 100;

  /** Stands for the data of a gap, compared by identity. */
  private static final Payload GAP = Payload.ofJson(new byte[] {'0'}, 0, 1);

  static Kept gap(long offset, long at) {
    return new Kept(offset, at, GAP);
  }

  /** Returns whether messages may be missing here. */
  @SuppressWarnings("ReferenceEquality") // a message with the same data is none
  public boolean isGap() {
    return data == GAP;
  }

  /** Returns how many bytes of memory this takes. */
  int bytes() {
    return OVERHEAD + (data == null ? 0 : data.size());
  }
}
