// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * The channels whose subscribers need the whole roster again: a change was told while this server
 * or another one was cut off. Not thread-safe.
 */
final class Relists {
  private static final long NEVER = Long.MAX_VALUE;
  static final int MOST_LOST = 1_000;

  /** Servers that were silent for too long, and until when they tell what they have. */
  private final LinkedHashMap<String, Long> lost = new LinkedHashMap<>(); // the oldest first

  private final Set<String> channels = new HashSet<>();
  private boolean isAllDue;
  private long allAt;

  /** A server is silent for so long that its users have left; it may be back one day. */
  void lost(String server) {
    lost.putLast(server, NEVER);
    if (lost.size() > MOST_LOST) {
      lost.pollFirstEntry(); // its process has ended for good, most likely
    }
  }

  /** A server tells something; one that was lost has users whom subscribers know as gone. */
  void heard(Share share, long now) {
    Long until = lost.get(share.server());
    if (until == null) {
      return;
    }
    if (until == NEVER) {
      lost.put(share.server(), now + 2 * Rosters.REPEAT_NANOS);
    } else if (now - until > 0) {
      lost.remove(share.server());
      return;
    }
    if (!share.channel().isEmpty()) {
      channels.add(share.channel());
    }
  }

  /** The subscribers of every channel need their roster at this time. */
  void allAt(long time) {
    isAllDue = true;
    allAt = time;
  }

  /** Returns the channels that are due, and forgets them. */
  Set<String> take(long now, Set<String> all) {
    Set<String> taken = new HashSet<>(channels);
    channels.clear();
    if (isAllDue && now - allAt >= 0) {
      isAllDue = false;
      taken.addAll(all);
    }
    return taken;
  }
}
