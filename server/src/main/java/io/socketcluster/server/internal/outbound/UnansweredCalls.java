// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.socketcluster.server.internal.loop.LoopTime;
import io.socketcluster.server.internal.loop.SweepSchedule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a client that its handlers have not answered yet: how many there are, and what they
 * keep in memory. A client gives up after its ack timeout; calls are forgotten then. One of the
 * calls at a time is watched, which costs next to nothing and finds a handler that never answers.
 * Event loop only.
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
  private @Nullable String watched; // the procedure of the call that is watched
  private long watchedId;
  private long watchedSince;

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

  /** Watches a call whose procedure has a consumer, unless another call is watched. */
  public void watch(long id, String procedure) {
    if (watched == null) {
      watched = procedure;
      watchedId = id;
      watchedSince = time.atNextSweep();
    }
  }

  public void answered(long id) {
    answered++;
    if (watchedId == id) {
      watched = null;
    }
    Map<Long, Integer> known = large;
    if (known != null) {
      known.remove(id);
      large = known.isEmpty() ? null : known;
    }
  }

  /**
   * Returns the procedure of the call that is watched, once it has waited for the ack timeout;
   * another call is watched then.
   */
  @Nullable String overdue() {
    String procedure = watched;
    if (procedure == null || time.listened() - watchedSince < ackTimeout.toNanos()) {
      return null;
    }
    watched = null;
    return procedure;
  }

  /** Returns in how many nanoseconds the call that is watched will be overdue. */
  long untilOverdue() {
    return watched == null
        ? SweepSchedule.NEVER
        : ackTimeout.toNanos() - (time.listened() - watchedSince);
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
