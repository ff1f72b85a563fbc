// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.socketcluster.server.SlowConsumerPolicy;

/** Decides what happens when more waits for a client than may. */
public final class SlowConsumer {
  private SlowConsumer() {}

  /** Frames or messages that wait for a client, in bytes up to a limit. */
  public interface Backlog {
    /** Returns whether it would have too much with so many bytes more. */
    boolean wouldExceed(int more);

    /** Drops publishes, the oldest first, until so many bytes more fit or none is left. */
    void dropOldest(int more);
  }

  /**
   * Applies the policy to an entry for which there is no room; returns whether there is room now.
   *
   * @param isPublish whether the entry itself may be dropped
   */
  public static boolean makeRoom(
      SlowConsumerPolicy policy, Backlog backlog, int size, boolean isPublish, Wire wire) {
    if (policy == SlowConsumerPolicy.DROP_NEWEST && isPublish) {
      wire.dropped(size);
      return false;
    }
    if (policy != SlowConsumerPolicy.DISCONNECT) {
      backlog.dropOldest(size);
      if (!backlog.wouldExceed(size)) {
        return true;
      }
    }
    wire.overflow();
    return false;
  }
}
