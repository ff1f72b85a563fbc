// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an end of a connection compresses its messages (RFC 7692), if the other end agrees. Each
 * message is compressed on its own. A connection therefore retains no memory for compression, and a
 * server compresses a publish once for all its receivers. Immutable.
 */
public final class PerMessageDeflate {
  /** Compresses messages of 1024 bytes and more with level 1. */
  public static final PerMessageDeflate DEFAULT = new PerMessageDeflate(1024, 1);

  private final int threshold;
  private final int level;

  private PerMessageDeflate(int threshold, int level) {
    this.threshold = threshold;
    this.level = level;
  }

  /** Returns this with another size in bytes, 0 or more, below which messages are sent as is. */
  public PerMessageDeflate withThreshold(int bytes) {
    return new PerMessageDeflate(bytes, level);
  }

  /**
   * Returns this with another level, from 1, the fastest, to 9, the smallest. Messages are
   * compressed on event loops and on the threads that publish: a slower level delays others.
   */
  public PerMessageDeflate withLevel(int newLevel) {
    return new PerMessageDeflate(threshold, newLevel);
  }

  /** Returns the size in bytes below which messages are sent as they are. */
  public int threshold() {
    return threshold;
  }

  /** Returns the level. */
  public int level() {
    return level;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PerMessageDeflate that
        && threshold == that.threshold
        && level == that.level;
  }

  @Override
  public int hashCode() {
    return Objects.hash(threshold, level);
  }

  @Override
  public String toString() {
    return "PerMessageDeflate[threshold=" + threshold + ", level=" + level + "]";
  }
}
