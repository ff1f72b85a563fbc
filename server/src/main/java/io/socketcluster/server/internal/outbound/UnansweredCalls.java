// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.socketcluster.server.internal.loop.LoopTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a client that its handlers have not answered yet: how many there are, and what they
 * keep in memory. A client gives up after its ack timeout; calls are forgotten then. Event loop
 * only.
 */
public final class UnansweredCalls {
  /**
   * Each call counts for so much; only what a large one has beyond that is remembered by its id.
   */
  private static final int SMALL = 512;

  private final Duration ackTimeout;
  private final LoopTime time;
  private int received;
  private int answered;
  private long lastReceived;
  private @Nullable Map<Long, Integer> large; // made by the first

  public UnansweredCalls(Duration ackTimeout, LoopTime time) {
    this.ackTimeout = ackTimeout;
    this.time = time;
  }

  public void received(long id, long bytes) {
    received++;
    lastReceived = time.atNextSweep();
    if (bytes > SMALL) {
      Map<Long, Integer> known = large;
      if (known == null) {
        known = new HashMap<>();
        large = known;
      }
      known.merge(id, (int) Math.min(bytes, Integer.MAX_VALUE), Integer::sum);
    }
  }

  public void answered(long id) {
    answered++;
    Map<Long, Integer> known = large;
    if (known != null) {
      known.remove(id);
      large = known.isEmpty() ? null : known;
    }
  }

  /** Returns whether a client may still wait for an answer: it gives up after its ack timeout. */
  boolean isAny() {
    return received != answered && time.listened() - lastReceived < ackTimeout.toNanos();
  }

  /** Returns about how many bytes the calls keep in memory that somebody may still answer. */
  public long heldBytes() {
    if (!isAny()) {
      large = null;
      return 0;
    }
    long bytes = (received - answered) * (long) SMALL;
    if (large != null) {
      for (int each : large.values()) {
        bytes += each;
      }
    }
    return bytes;
  }
}
