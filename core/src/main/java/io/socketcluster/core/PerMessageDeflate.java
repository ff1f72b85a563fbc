// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The compression of messages (RFC 7692), used if both ends agree. Each message is compressed on
 * its own. A connection therefore retains no memory for compression, and a server compresses a
 * publish once for all its receivers. Immutable.
 */
public final class PerMessageDeflate {
  /** Compression of messages of 1024 bytes and more with level 1. */
  public static final PerMessageDeflate DEFAULT = new PerMessageDeflate(1024, 1);

  private final int threshold;
  private final int level;

  private PerMessageDeflate(int threshold, int level) {
    this.threshold = threshold;
    this.level = level;
  }

  /**
   * Returns these settings with another threshold in bytes, at least 0. Shorter messages are sent
   * uncompressed.
   */
  public PerMessageDeflate withThreshold(int bytes) {
    return new PerMessageDeflate(bytes, level);
  }

  /**
   * Returns these settings with another level, from 1 (fastest) to 9 (smallest output). Messages
   * are compressed on event loops and on publishing threads, so a slow level delays other messages.
   */
  public PerMessageDeflate withLevel(int newLevel) {
    return new PerMessageDeflate(threshold, newLevel);
  }

  /** Returns the size in bytes below which messages are sent uncompressed. */
  public int threshold() {
    return threshold;
  }

  /** Returns the compression level, from 1 (fastest) to 9 (smallest output). */
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
