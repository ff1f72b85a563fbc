// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The memory that the histories of one policy take together, and its bound. Thread-safe. */
final class HistoryMemory {
  /** Of so many histories the one that was used least recently is emptied. */
  private static final int SAMPLE = 16;

  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final Set<ChannelHistory> histories = // that keep messages
      ConcurrentHashMap.newKeySet();
  private Iterator<ChannelHistory> next = Collections.emptyIterator();

  HistoryMemory(long limit) {
    this.limit = limit;
  }

  long used() {
    return used.get();
  }

  /** Returns whether one more channel with so many bytes fits, if need be in place of messages. */
  boolean makeRoomFor(long bytes) {
    relieveTo(limit - bytes);
    return used.get() + bytes <= limit;
  }

  /** A history keeps messages. */
  void add(ChannelHistory history) {
    histories.add(history);
  }

  /** A history keeps no message any more. */
  void remove(ChannelHistory history) {
    histories.remove(history);
  }

  void changed(long delta) {
    used.addAndGet(delta);
  }

  boolean isOver() {
    return used.get() > limit;
  }

  /** Empties histories until the bound is kept. The caller holds the monitor of none. */
  void relieve() {
    relieveTo(limit);
  }

  private synchronized void relieveTo(long bytes) {
    for (int round = histories.size(); round >= 0 && used.get() > bytes; round--) {
      ChannelHistory victim = leastRecentlyUsed();
      if (victim != null) { // those of this round may have been emptied meanwhile
        victim.relieve();
      }
    }
  }

  /** Walks on from where it was last: every history is looked at before any is again. */
  private @Nullable ChannelHistory leastRecentlyUsed() {
    ChannelHistory oldest = null;
    for (int i = 0; i < SAMPLE; i++) {
      if (!next.hasNext()) {
        next = histories.iterator();
      }
      if (!next.hasNext()) {
        return oldest;
      }
      ChannelHistory candidate = next.next();
      boolean isOlder = oldest == null || candidate.usedAt() - oldest.usedAt() < 0;
      if (candidate.hasMessages() && isOlder) {
        oldest = candidate;
      }
    }
    return oldest;
  }
}
